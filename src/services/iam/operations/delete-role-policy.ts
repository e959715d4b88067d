import type { DeleteRolePolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findOwnRole } from '../identities/find.ts'
import { deleteInlinePolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Deletes an inline policy of a role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html
 */
export const deleteRolePolicy: Operation<IamState, DeleteRolePolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['RoleName', 'PolicyName'])
  deleteInlinePolicy(findOwnRole(state, input.RoleName), input.PolicyName)
  return {}
}
