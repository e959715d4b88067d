import type { GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { ownerOfKey } from '../identities/access-keys.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Tells whose an access key is. DIFFERS: when it was last used is not recorded.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html
 */
export const getAccessKeyLastUsed: Operation<
  IamState,
  GetAccessKeyLastUsedRequest,
  GetAccessKeyLastUsedResponse
> = (state, input) => {
  checkInput(input, ['AccessKeyId'])
  const user = ownerOfKey(state, input.AccessKeyId)
  return {
    UserName: user.name,
    AccessKeyLastUsed: { Region: 'N/A', ServiceName: 'N/A' },
  } as GetAccessKeyLastUsedResponse
}
