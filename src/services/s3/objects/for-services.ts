import { mayAccount } from '../../../cloud/authorize.ts'
import type { OperationContext } from '../../../cloud/operation.ts'
import type { ObjectAnswer, ObjectQuestion } from '../../../cloud/questions.ts'
import type { ServiceAccess } from '../../../cloud/service.ts'
import { formatArn } from '../../../core/arn.ts'
import { AwsError } from '../../../core/aws-error.ts'
import { permissionOf } from '../access/need.ts'
import { findBucket } from '../buckets/find.ts'
import { accessDenied } from '../errors.ts'
import { getObject } from '../operations/get-object.ts'
import type { S3State } from '../state.ts'

/** Gives another service of the account an object's bytes, or the error that it would have got over HTTP. */
export async function answerObject(
  { accountId, region, bucket, key, versionId }: ObjectQuestion,
  { platform }: ServiceAccess<S3State>,
): Promise<ObjectAnswer> {
  const state = platform.stateOf(accountId, region)
  const context = platform.workContext(accountId, region)
  try {
    const found = findBucket(state, { Bucket: bucket }, context)
    if (platform.enforceIam && !isGivenTo({ accountId, bucket, key, versionId }, state, context))
      throw accessDenied()
    if (found.region !== region) return elsewhere(found.region)
    const { Body: body, ContentLength: size = 0 } = await getObject(
      state,
      { Bucket: bucket, Key: key, VersionId: versionId },
      context,
    )
    return { found: true, body, size }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return { found: false, code: error.code, message: error.message }
  }
}

/** Whether an account that asks through another service gets an object, as far as its bucket has a say. */
function isGivenTo(
  asked: Pick<ObjectQuestion, 'accountId' | 'bucket' | 'key' | 'versionId'>,
  state: S3State,
  { clock }: OperationContext,
): boolean {
  const { accountId, bucket, key, versionId } = asked
  const asker = {
    state,
    callerAccountId: accountId,
    callerArn: formatArn({ service: 'iam', accountId, resource: 'root' }),
  }
  const action = versionId === undefined ? 'GetObject' : 'GetObjectVersion'
  const permission = permissionOf({ action, bucket, key, versionId }, asker)
  return permission !== undefined && mayAccount(clock, permission, accountId)
}

function elsewhere(region: string): ObjectAnswer {
  const message = `The bucket is in this region: ${region}. Please use this region to retry the request`
  return { found: false, code: 'PermanentRedirect', message }
}
