import type { ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { cutPage } from '../paging.ts'
import { selectEntities } from '../policies/select.ts'
import type { AnyIdentity, IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists everybody that a managed policy is attached to, or that it limits.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html
 */
export const listEntitiesForPolicy: Operation<
  IamState,
  ListEntitiesForPolicyRequest,
  ListEntitiesForPolicyResponse
> = (state, input) => {
  checkInput(input, ['PolicyArn'])
  const { items, ...page } = cutPage(
    selectEntities(state, input),
    ({ kind, name }) => `${kind} ${name}`,
    input,
  )
  const named = (kind: string): AnyIdentity[] => items.filter(identity => identity.kind === kind)
  return {
    PolicyGroups: named('group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
    PolicyUsers: named('user').map(({ name, id }) => ({ UserName: name, UserId: id })),
    PolicyRoles: named('role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
    ...page,
  }
}
