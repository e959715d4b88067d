import type { ContextKeys } from './context-keys.ts'
import type { Policy, Statement } from './policy.ts'
import { matchPrincipals, type Principal, type PrincipalMatch } from './principal.ts'

/** What is asked: may this principal do this to that? */
export interface AccessRequest {
  readonly principal: Principal
  /** E.g. `s3:GetObject`. */
  readonly action: string
  /** An ARN, or `*` for actions that have no resource. */
  readonly resource: string
  readonly keys: ContextKeys
}

/** A policy and the name by which a decision refers to it. */
export interface NamedPolicy {
  readonly id: string
  readonly policy: Policy
}

/** Everything that has a say in a request. */
export interface ApplicablePolicies {
  /** The caller's own: inline, attached, of its groups. */
  readonly identity: readonly NamedPolicy[]
  /** What the caller's own policies may give at most. */
  readonly boundary?: NamedPolicy | undefined
  /** What the session was limited to when it was begun. */
  readonly session?: readonly NamedPolicy[] | undefined
  /** The resource's own policy: of a bucket, a function, a role (its trust policy). */
  readonly resource?: NamedPolicy | undefined
  /** The resource's policy gives nothing, it only denies. */
  readonly isResourceDenyOnly?: boolean
  /** Whom an access control list of the resource names that gives this to the caller; such a list never denies. */
  readonly granted?: 'everyone' | 'account' | undefined
  /** The account that the resource belongs to; the caller's own where absent. */
  readonly resourceAccountId?: string | undefined
  /** The resource's policy must allow it even to its own account, as a role's trust policy must. */
  readonly isResourcePolicyRequired?: boolean
}

/** The kinds of policies that decide, in the order in which AWS names them. */
export type PolicyLayer = 'identity' | 'boundary' | 'session' | 'resource'

/** The statement that decided, and where it stands. */
export interface DecidingStatement {
  readonly layer: PolicyLayer
  readonly policyId: string
  readonly statement: Statement
}

/** What the policies say of a request; without an Allow nothing is allowed, and a Deny is final. */
export type Decision =
  | { readonly outcome: 'allowed'; readonly by: readonly DecidingStatement[] }
  | { readonly outcome: 'explicitDeny'; readonly by: readonly DecidingStatement[] }
  /** `missing`: the layer that would have to allow it and does not. */
  | { readonly outcome: 'implicitDeny'; readonly missing: PolicyLayer }

interface Match {
  readonly found: DecidingStatement
  readonly principal: PrincipalMatch
}

/**
 * Decides a request as AWS does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(request: AccessRequest, policies: ApplicablePolicies): Decision {
  const matches = {
    identity: matchLayer('identity', policies.identity, request),
    boundary: policies.boundary && matchLayer('boundary', [policies.boundary], request),
    session: policies.session && matchLayer('session', policies.session, request),
    resource: policies.resource ? matchLayer('resource', [policies.resource], request) : [],
  }
  const denies = Object.values(matches)
    .flatMap(layer => layer ?? [])
    .filter(({ found }) => found.statement.effect === 'Deny')
  if (denies.length > 0) return { outcome: 'explicitDeny', by: denies.map(({ found }) => found) }
  const given = policies.isResourceDenyOnly ? [] : matches.resource
  const missing = missingLayer(request.principal, {
    ...matches,
    resource: [...given.map(match => match.principal), ...(policies.granted ? [policies.granted] : [])],
    resourceAccountId: policies.resourceAccountId,
    isResourcePolicyRequired: policies.isResourcePolicyRequired === true,
  })
  if (missing !== undefined) return { outcome: 'implicitDeny', missing }
  return { outcome: 'allowed', by: [...matches.identity, ...given].map(({ found }) => found) }
}

function matchLayer(
  layer: PolicyLayer,
  policies: readonly NamedPolicy[],
  request: AccessRequest,
): readonly Match[] {
  const matches: Match[] = []
  for (const { id, policy } of policies) {
    for (const statement of policy.statements) {
      const principal = matchStatement(statement, request)
      if (principal !== 'none') matches.push({ found: { layer, policyId: id, statement }, principal })
    }
  }
  return matches
}

function matchStatement(statement: Statement, request: AccessRequest): PrincipalMatch {
  const { actions, resources, principals, conditions } = statement
  const { action, resource, keys } = request
  if (actions.entries.some(each => each.matches(action, keys)) === actions.isNegated) return 'none'
  if (resources && resources.entries.some(each => each.matches(resource, keys)) === resources.isNegated)
    return 'none'
  if (!conditions.every(each => each.holds(keys))) return 'none'
  if (!principals) return 'itself'
  const match = matchPrincipals(principals.entries, request.principal)
  if (!principals.isNegated) return match
  return match === 'none' ? 'everyone' : 'none'
}

interface AllowingLayers {
  readonly identity: readonly Match[]
  readonly boundary: readonly Match[] | undefined
  readonly session: readonly Match[] | undefined
  /** How the caller is named by what the resource itself gives. */
  readonly resource: readonly PrincipalMatch[]
  readonly resourceAccountId: string | undefined
  readonly isResourcePolicyRequired: boolean
}

/** The layer whose permission is lacking, or `undefined` when nothing is. */
function missingLayer(principal: Principal, layers: AllowingLayers): PolicyLayer | undefined {
  if (principal.kind !== 'aws') return layers.resource.length > 0 ? undefined : 'resource'
  const named = layers.resource
  const isSameAccount = (layers.resourceAccountId ?? principal.accountId) === principal.accountId
  // The resource may name its own account's callers without their account having a say.
  if (isSameAccount && (named.includes('itself') || named.includes('everyone'))) return undefined
  const isGivenByRole = isSameAccount && named.includes('role')
  if (layers.identity.length === 0 && !isGivenByRole) return 'identity'
  if (layers.boundary?.length === 0) return 'boundary'
  if (layers.session?.length === 0) return 'session'
  const isEnough = isSameAccount && !layers.isResourcePolicyRequired
  return isEnough || named.length > 0 ? undefined : 'resource'
}
