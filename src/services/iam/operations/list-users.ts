import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeUser } from '../identities/answer.ts'
import { cutPage } from '../paging.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists users by their path.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html
 */
export const listUsers: Operation<IamState, ListUsersRequest, ListUsersResponse> = (state, input) => {
  checkInput(input, [])
  const users = [...state.users.values()].filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
  const { items, ...page } = cutPage(users, ({ name }) => name, input)
  return { Users: items.map(describeUser), ...page }
}
