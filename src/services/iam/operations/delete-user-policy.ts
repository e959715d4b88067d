import type { DeleteUserPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findUser } from '../identities/find.ts'
import { deleteInlinePolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Deletes an inline policy of a user.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html
 */
export const deleteUserPolicy: Operation<IamState, DeleteUserPolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['UserName', 'PolicyName'])
  deleteInlinePolicy(findUser(state, input.UserName), input.PolicyName)
  return {}
}
