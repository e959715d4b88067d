import { groupsOf } from '../identities/find.ts'
import type { AnyIdentity, IamState } from '../state.ts'
import { defaultDocument, lookUpPolicy } from './find.ts'

/** Where a policy of a principal comes from, in the words of the simulator. */
export type PolicyOrigin = 'user' | 'group' | 'role' | 'aws-managed' | 'user-managed'

/** A document that has a say in what a principal may do. */
export interface EffectivePolicy {
  /** As the simulator names it, e.g. `role_lector_leer` or `AmazonS3ReadOnlyAccess`. */
  readonly id: string
  readonly origin: PolicyOrigin
  readonly document: string
}

/** Every policy that gives a user, role or group something: inline, attached, and those of its groups. */
export function effectivePolicies(state: IamState, principal: AnyIdentity): EffectivePolicy[] {
  const identities: AnyIdentity[] =
    principal.kind === 'user' ? [principal, ...groupsOf(state, principal)] : [principal]
  return identities.flatMap(identity => [
    ...[...identity.inlinePolicies].map(([name, document]) => ({
      id: `${identity.kind}_${identity.name}_${name}`,
      origin: identity.kind,
      document,
    })),
    ...identity.attachedPolicies.flatMap(arn => managedPolicy(state, arn) ?? []),
  ])
}

/** A managed policy as it counts now, or `undefined` when it is gone. */
export function managedPolicy(state: IamState, arn: string): EffectivePolicy | undefined {
  const policy = lookUpPolicy(state, arn)
  if (!policy) return undefined
  const origin = state.policies.has(arn) ? 'user-managed' : 'aws-managed'
  return { id: policy.name, origin, document: defaultDocument(policy) }
}
