import type { DetachRolePolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findOwnRole } from '../identities/find.ts'
import { detachPolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Detaches a managed policy from a role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html
 */
export const detachRolePolicy: Operation<IamState, DetachRolePolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['RoleName', 'PolicyArn'])
  detachPolicy(findOwnRole(state, input.RoleName), input.PolicyArn)
  return {}
}
