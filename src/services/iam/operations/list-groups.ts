import type { ListGroupsRequest, ListGroupsResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeGroup } from '../identities/answer.ts'
import { cutPage } from '../paging.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists groups by their path.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html
 */
export const listGroups: Operation<IamState, ListGroupsRequest, ListGroupsResponse> = (state, input) => {
  checkInput(input, [])
  const groups = [...state.groups.values()].filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
  const { items, ...page } = cutPage(groups, ({ name }) => name, input)
  return { Groups: items.map(describeGroup), ...page }
}
