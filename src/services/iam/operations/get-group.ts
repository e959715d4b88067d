import type { GetGroupRequest, GetGroupResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeGroup, describeUser } from '../identities/answer.ts'
import { findGroup } from '../identities/find.ts'
import { cutPage } from '../paging.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Describes a group and lists its users.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html
 */
export const getGroup: Operation<IamState, GetGroupRequest, GetGroupResponse> = (state, input) => {
  checkInput(input, ['GroupName'])
  const group = findGroup(state, input.GroupName)
  const users = [...state.users.values()].filter(({ id }) => group.userIds.has(id))
  const { items, ...page } = cutPage(users, ({ name }) => name, input)
  return { Group: describeGroup(group), Users: items.map(describeUser), ...page }
}
