import type { PutRolePolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findOwnRole } from '../identities/find.ts'
import { putInlinePolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Writes an inline policy of a role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
 */
export const putRolePolicy: Operation<IamState, PutRolePolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['RoleName', 'PolicyName', 'PolicyDocument'])
  putInlinePolicy(findOwnRole(state, input.RoleName), input)
  return {}
}
