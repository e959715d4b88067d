import type { GetRolePolicyRequest, GetRolePolicyResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findRole } from '../identities/find.ts'
import { getInlinePolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Gives the document of an inline policy of a role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
 */
export const getRolePolicy: Operation<IamState, GetRolePolicyRequest, GetRolePolicyResponse> = (
  state,
  input,
) => {
  checkInput(input, ['RoleName', 'PolicyName'])
  return { RoleName: input.RoleName, ...getInlinePolicy(findRole(state, input.RoleName), input.PolicyName) }
}
