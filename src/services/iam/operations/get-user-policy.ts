import type { GetUserPolicyRequest, GetUserPolicyResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findUser } from '../identities/find.ts'
import { getInlinePolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Gives the document of an inline policy of a user.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html
 */
export const getUserPolicy: Operation<IamState, GetUserPolicyRequest, GetUserPolicyResponse> = (
  state,
  input,
) => {
  checkInput(input, ['UserName', 'PolicyName'])
  return { UserName: input.UserName, ...getInlinePolicy(findUser(state, input.UserName), input.PolicyName) }
}
