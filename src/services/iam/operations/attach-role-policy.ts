import type { AttachRolePolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findOwnRole } from '../identities/find.ts'
import { attachPolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Attaches a managed policy to a role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html
 */
export const attachRolePolicy: Operation<IamState, AttachRolePolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['RoleName', 'PolicyArn'])
  attachPolicy(state, findOwnRole(state, input.RoleName), input.PolicyArn)
  return {}
}
