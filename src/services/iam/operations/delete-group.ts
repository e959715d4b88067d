import type { DeleteGroupRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { deleteConflict } from '../errors.ts'
import { requireNoPolicies } from '../identities/delete.ts'
import { findGroup } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Deletes a group that has no users and no policies.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html
 */
export const deleteGroup: Operation<IamState, DeleteGroupRequest, Record<string, never>> = (state, input) => {
  checkInput(input, ['GroupName'])
  const group = findGroup(state, input.GroupName)
  if (group.userIds.size > 0)
    throw deleteConflict('Cannot delete entity, must remove users from group first.')
  requireNoPolicies(group)
  state.groups.delete(group.name)
  return {}
}
