import type { ListEntitiesForPolicyRequest, ListPoliciesRequest } from '@aws-sdk/client-iam'
import type { AnyIdentity, IamState, ManagedPolicy } from '../state.ts'
import { awsManagedPolicies } from './aws-managed.ts'
import { attachedTo, boundedBy, findPolicy } from './find.ts'

/** The managed policies that a listing asks for. */
export function selectPolicies(
  state: IamState,
  { Scope = 'All', OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter }: ListPoliciesRequest,
): ManagedPolicy[] {
  const own = Scope === 'AWS' ? [] : [...state.policies.values()]
  const all = Scope === 'Local' ? own : [...own, ...awsManagedPolicies.values()]
  return all.filter(({ path, arn }) => {
    if (!path.startsWith(PathPrefix)) return false
    return (
      (!OnlyAttached && PolicyUsageFilter === undefined) || usersOf(state, arn, PolicyUsageFilter).length > 0
    )
  })
}

/**
 * Everybody who uses a policy in the way that a listing asks for.
 * @throws AwsError NoSuchEntity
 */
export function selectEntities(
  state: IamState,
  { PolicyArn = '', EntityFilter, PathPrefix = '/', PolicyUsageFilter }: ListEntitiesForPolicyRequest,
): AnyIdentity[] {
  const policy = findPolicy(state, PolicyArn)
  return usersOf(state, policy.arn, PolicyUsageFilter).filter(
    ({ kind, path }) =>
      path.startsWith(PathPrefix) && (EntityFilter === undefined || EntityFilter.toLowerCase() === kind),
  )
}

function usersOf(
  state: IamState,
  arn: string,
  usage: ListPoliciesRequest['PolicyUsageFilter'],
): AnyIdentity[] {
  const attached = usage === 'PermissionsBoundary' ? [] : attachedTo(state, arn)
  const bounded = usage === 'PermissionsPolicy' ? [] : boundedBy(state, arn)
  return [...new Set([...attached, ...bounded])]
}
