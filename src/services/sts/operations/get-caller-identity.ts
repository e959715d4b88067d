import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '@aws-sdk/client-sts'
import type { Operation } from '../../../cloud/operation.ts'
import { callerOf } from '../caller.ts'
import type { StsState } from '../state.ts'

/**
 * Tells who signed the request: the root of the account, a user, or whom temporary credentials act as.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const getCallerIdentity: Operation<
  StsState,
  GetCallerIdentityRequest,
  GetCallerIdentityResponse
> = async (_state, _input, context) => {
  const { arn, userId } = await callerOf(context)
  return { UserId: userId, Account: context.accountId, Arn: arn }
}
