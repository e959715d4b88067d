import type { OperationContext } from '../../../cloud/operation.ts'
import type { TargetAnswer } from '../../../cloud/questions.ts'
import { s3Arn } from '../buckets/arn.ts'
import { unreachableDestinations } from '../errors.ts'
import type { Bucket, StoredNotification } from '../state.ts'

/** S3 as the policies of its targets know it. */
export const s3Principal = 's3.amazonaws.com'

/**
 * Asks every target whether it would take this bucket's notifications.
 * @throws AwsError InvalidArgument naming each that would not
 */
export async function validateDestinations(
  notifications: readonly StoredNotification[],
  { name, ownerAccountId }: Bucket,
  { events }: OperationContext,
): Promise<void> {
  const refused: { readonly name: string; readonly reason: string }[] = []
  for (const { kind, targetArn } of notifications) {
    const answer = await events.ask('target:accepts', {
      targetArn,
      principal: s3Principal,
      sourceArn: s3Arn(name),
      sourceAccount: ownerAccountId,
    })
    if (answer?.accepts !== true) refused.push(describeRefusal(kind, targetArn, answer))
  }
  if (refused.length > 0) throw unreachableDestinations(refused)
}

/** What S3 says of a target: of a function, never whether it exists. */
function describeRefusal(
  kind: StoredNotification['kind'],
  targetArn: string,
  answer: Extract<TargetAnswer, { accepts: false }> | undefined,
): { name: string; reason: string } {
  if (kind === 'function') {
    return { name: `${targetArn}, null`, reason: `Not authorized to invoke function [${targetArn}]` }
  }
  const reason =
    answer?.reason === 'forbidden'
      ? `Permissions on the destination ${kind} do not allow S3 to publish notifications from this bucket`
      : `The destination ${kind} does not exist`
  return { name: targetArn, reason }
}
