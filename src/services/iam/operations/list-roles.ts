import type { ListRolesRequest, ListRolesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeRole } from '../identities/answer.ts'
import { cutPage } from '../paging.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists roles by their path.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
 */
export const listRoles: Operation<IamState, ListRolesRequest, ListRolesResponse> = (state, input) => {
  checkInput(input, [])
  const roles = [...state.roles.values()].filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
  const { items, ...page } = cutPage(roles, ({ name }) => name, input)
  return { Roles: items.map(describeRole), ...page }
}
