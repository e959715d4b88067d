import type { UpdateRoleRequest, UpdateRoleResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findOwnRole } from '../identities/find.ts'
import { sessionSeconds } from '../limits.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Changes a role's description, and how long its sessions may last: an hour when the call does not say.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html
 */
export const updateRole: Operation<IamState, UpdateRoleRequest, UpdateRoleResponse> = (state, input) => {
  checkInput(input, ['RoleName'])
  const role = findOwnRole(state, input.RoleName)
  if (input.Description !== undefined) role.description = input.Description
  role.maxSessionSeconds = input.MaxSessionDuration ?? sessionSeconds.minimum
  return {}
}
