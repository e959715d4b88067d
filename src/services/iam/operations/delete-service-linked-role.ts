import type { DeleteServiceLinkedRoleRequest, DeleteServiceLinkedRoleResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findLinkedRole } from '../identities/linked-roles.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Begins to delete a service-linked role. Here it is done at once.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html
 */
export const deleteServiceLinkedRole: Operation<
  IamState,
  DeleteServiceLinkedRoleRequest,
  DeleteServiceLinkedRoleResponse
> = (state, input, context) => {
  checkInput(input, ['RoleName'])
  const role = findLinkedRole(state, input.RoleName)
  const task = `task${role.path}${role.name}/${context.ids.uuid()}`
  state.roles.delete(role.name)
  state.roleDeletions.add(task)
  return { DeletionTaskId: task }
}
