import type { RemoveUserFromGroupRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { noSuchEntity } from '../errors.ts'
import { findGroup, findUser } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Takes a user out of a group.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html
 */
export const removeUserFromGroup: Operation<IamState, RemoveUserFromGroupRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['GroupName', 'UserName'])
  const group = findGroup(state, input.GroupName)
  const user = findUser(state, input.UserName)
  if (!group.userIds.delete(user.id))
    throw noSuchEntity(`The user with name ${user.name} cannot be found in the group.`)
  return {}
}
