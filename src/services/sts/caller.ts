import type { OperationContext } from '../../cloud/operation.ts'
import { sessionOf } from '../../cloud/session-credentials.ts'
import { formatArn } from '../../core/arn.ts'
import { expiredToken } from './errors.ts'

/** Whom credentials act as. */
export interface CallerIdentity {
  readonly arn: string
  readonly userId: string
}

/**
 * Who signed a request: whom temporary credentials act as, the user of an access key, or the account's root.
 * @throws AwsError ExpiredToken
 */
export async function callerOf(context: OperationContext): Promise<CallerIdentity> {
  const { accountId, clock, events, request } = context
  const session = sessionOf(context)
  if (session) {
    if (session.expiresAt <= clock.now()) throw expiredToken()
    return session
  }
  const owner = await events.ask('iam:ownerOfKey', { accessKeyId: request.accessKeyId })
  return owner ?? { arn: formatArn({ service: 'iam', accountId, resource: 'root' }), userId: accountId }
}
