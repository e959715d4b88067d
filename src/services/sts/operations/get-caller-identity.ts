import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '@aws-sdk/client-sts'
import type { Operation } from '../../../cloud/operation.ts'
import { sessionOf } from '../../../cloud/session-credentials.ts'
import { formatArn } from '../../../core/arn.ts'
import { expiredToken } from '../errors.ts'
import type { StsState } from '../state.ts'

/**
 * Tells who signed the request: the root of the account, or whom temporary credentials act as.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const getCallerIdentity: Operation<StsState, GetCallerIdentityRequest, GetCallerIdentityResponse> = (
  _state,
  _input,
  context,
) => {
  const { accountId, clock } = context
  const session = sessionOf(context)
  if (!session) {
    return {
      UserId: accountId,
      Account: accountId,
      Arn: formatArn({ service: 'iam', accountId, resource: 'root' }),
    }
  }
  if (session.expiresAt <= clock.now()) throw expiredToken()
  return { UserId: session.userId, Account: accountId, Arn: session.arn }
}
