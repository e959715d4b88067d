import type { DeleteUserRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { deleteConflict } from '../errors.ts'
import { keysOf } from '../identities/access-keys.ts'
import { requireNoPolicies } from '../identities/delete.ts'
import { findUser, groupsOf } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Deletes a user that has no keys, groups or policies.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html
 */
export const deleteUser: Operation<IamState, DeleteUserRequest, Record<string, never>> = (state, input) => {
  checkInput(input, ['UserName'])
  const user = findUser(state, input.UserName)
  if (keysOf(state, user).length > 0)
    throw deleteConflict('Cannot delete entity, must delete access keys first.')
  if (groupsOf(state, user).length > 0)
    throw deleteConflict('Cannot delete entity, must remove users from group first.')
  requireNoPolicies(user)
  state.users.delete(user.name)
  return {}
}
