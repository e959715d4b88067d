import type { DeleteRoleRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { deleteConflict } from '../errors.ts'
import { requireNoPolicies } from '../identities/delete.ts'
import { findOwnRole } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Deletes a role that has no policies and is in no instance profile.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html
 */
export const deleteRole: Operation<IamState, DeleteRoleRequest, Record<string, never>> = (state, input) => {
  checkInput(input, ['RoleName'])
  const role = findOwnRole(state, input.RoleName)
  const isInProfile = [...state.instanceProfiles.values()].some(({ roleId }) => roleId === role.id)
  if (isInProfile)
    throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.')
  requireNoPolicies(role)
  state.roles.delete(role.name)
  return {}
}
