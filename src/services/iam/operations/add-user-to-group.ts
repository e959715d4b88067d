import type { AddUserToGroupRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { quotaExceeded } from '../errors.ts'
import { findGroup, findUser, groupsOf } from '../identities/find.ts'
import { maxGroupsPerUser } from '../limits.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Puts a user into a group; once more changes nothing.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html
 */
export const addUserToGroup: Operation<IamState, AddUserToGroupRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['GroupName', 'UserName'])
  const group = findGroup(state, input.GroupName)
  const user = findUser(state, input.UserName)
  if (!group.userIds.has(user.id) && groupsOf(state, user).length >= maxGroupsPerUser)
    throw quotaExceeded('GroupsPerUser', maxGroupsPerUser)
  group.userIds.add(user.id)
  return {}
}
