import type { ListGroupsForUserRequest, ListGroupsForUserResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeGroup } from '../identities/answer.ts'
import { findUser, groupsOf } from '../identities/find.ts'
import { cutPage } from '../paging.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the groups that a user is in.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html
 */
export const listGroupsForUser: Operation<IamState, ListGroupsForUserRequest, ListGroupsForUserResponse> = (
  state,
  input,
) => {
  checkInput(input, ['UserName'])
  const groups = groupsOf(state, findUser(state, input.UserName))
  const { items, ...page } = cutPage(groups, ({ name }) => name, input)
  return { Groups: items.map(describeGroup), ...page }
}
