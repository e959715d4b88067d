import type { AwsError } from '../core/aws-error.ts'
import type { Clock } from '../core/clock.ts'
import { headerOf } from '../wire/http.ts'
import {
  accountRoot,
  type Caller,
  type IdentifyingParts,
  identifyCaller,
  nobody,
  roleCaller,
  shownCredentials,
} from './caller.ts'
import type { EventPort } from './events.ts'
import type { Exchange } from './exchange.ts'
import type { Permission, PermissionScope, RefusalOf } from './permission.ts'
import { type ContextFacts, createContextKeys } from './policy/context-keys.ts'
import { type ApplicablePolicies, type Decision, decide, type NamedPolicy } from './policy/decide.ts'
import { parsePolicy } from './policy/policy.ts'
import type { Principal } from './policy/principal.ts'
import { accessDenied, credentialErrors } from './refusals.ts'
import type { AnyService } from './service.ts'
import { signatureFacts } from './signatures/condition-facts.ts'

/** A call that has been found, and read. */
export interface AuthorizedCall {
  readonly service: AnyService
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly scope: Pick<PermissionScope, 'state' | 'accountId' | 'region'>
}

/** What an operation may ask once its call was let through. */
export interface Authority {
  readonly refusalOf: RefusalOf
  readonly callerArn: string
}

/**
 * Lets a call through, or refuses it as AWS does when its caller may not make it.
 * @throws AwsError AccessDenied or AccessDeniedException, and errors of invalid credentials
 */
export async function authorize(
  parts: IdentifyingParts,
  exchange: Exchange,
  call: AuthorizedCall,
): Promise<Authority> {
  const { service, operation, input, scope } = call
  const shown = shownCredentials(exchange.wire, exchange.signer)
  const caller = await identifyCaller(shown, parts, credentialErrors(service))
  const now = parts.clock.now()
  const ofSignature = service.id === 's3' ? signatureFacts(exchange, now) : {}
  const keys = { ...requestFacts(exchange, { ...scope, now }), ...ofSignature }
  const refusalOf: RefusalOf = permission => refuse(service, { caller, permission, keys })
  const needed = service.permissions?.[operation]?.(input, { ...scope, now, ...askerOf(caller) }) ?? [
    { action: `${service.id}:${operation}`, resource: '*' },
  ]
  for (const permission of needed) {
    const refusal = refusalOf(permission)
    if (refusal) throw refusal
  }
  return { refusalOf, callerArn: caller.arn }
}

/** Whether a role may do something by itself, without a request: what a service does for a function in its role's name. */
export async function mayRole(
  { events, clock }: { readonly events: EventPort; readonly clock: Clock },
  roleArn: string,
  permission: Permission,
): Promise<boolean> {
  const caller = await roleCaller(roleArn, events)
  return decideFor(caller, permission, timeFacts(clock.now())).outcome === 'allowed'
}

/** Whether anybody may do something, without credentials and whatever the request: what a service shows the world. */
export function mayAnybody(clock: Clock, permission: Permission, keys: ContextFacts): boolean {
  return decideFor(nobody, permission, { ...timeFacts(clock.now()), ...keys }).outcome === 'allowed'
}

/** Whether an account may do something as far as the resource has a say. */
export function mayAccount(clock: Clock, permission: Permission, accountId: string): boolean {
  return decideFor(accountRoot(accountId), permission, timeFacts(clock.now())).outcome === 'allowed'
}

function askerOf({ arn, principal }: Caller): Pick<PermissionScope, 'callerArn' | 'callerAccountId'> {
  return { callerArn: arn, callerAccountId: principal.kind === 'aws' ? principal.accountId : undefined }
}

function refuse(
  service: AnyService,
  asked: { readonly caller: Caller; readonly permission: Permission; readonly keys: ContextFacts },
): AwsError | undefined {
  const decision = decideFor(asked.caller, asked.permission, asked.keys)
  return decision.outcome === 'allowed' ? undefined : accessDenied(service, { ...asked, decision })
}

const everything: NamedPolicy = {
  id: 'root',
  policy: parsePolicy('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'),
}

function decideFor(caller: Caller, permission: Permission, keys: ContextFacts): Decision {
  const { resourceAccountId } = permission
  const facts = {
    ...keys,
    ...(resourceAccountId !== undefined && { 'aws:ResourceAccount': resourceAccountId }),
    ...caller.facts,
    ...permission.keys,
  }
  const { action, resource } = permission
  return decide(
    { principal: principalOf(caller, permission), action, resource, keys: createContextKeys(facts) },
    policiesFor(caller, permission),
  )
}

function principalOf({ principal }: Caller, { callerCanonicalId }: Permission): Principal {
  if (principal.kind !== 'aws' || callerCanonicalId === undefined) return principal
  return { ...principal, canonicalUserId: callerCanonicalId }
}

function policiesFor({ kind, policies, sessionPolicy }: Caller, permission: Permission): ApplicablePolicies {
  const own = policies?.identityPolicies.map((document, index) => named(`identity.${index}`, document)) ?? []
  return {
    identity: kind === 'account' ? [everything] : own,
    boundary:
      policies?.permissionsBoundary === undefined
        ? undefined
        : named('boundary', policies.permissionsBoundary),
    session: sessionPolicy === undefined ? undefined : [named('session', sessionPolicy)],
    resource:
      permission.resourcePolicy === undefined ? undefined : named('resource', permission.resourcePolicy),
    resourceAccountId: permission.resourceAccountId,
    isResourceDenyOnly: permission.isResourcePolicyDenyOnly === true,
    granted: permission.grantedTo,
    isResourcePolicyRequired: permission.isResourcePolicyRequired === true,
  }
}

function named(id: string, document: string): NamedPolicy {
  return { id, policy: parsePolicy(document) }
}

/** Condition keys that every request has. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function requestFacts(
  { request, wire }: Exchange,
  { accountId, region, now }: { readonly accountId: string; readonly region: string; readonly now: number },
): ContextFacts {
  return {
    ...timeFacts(now),
    'aws:SourceIp': request.socket?.remoteAddress ?? '127.0.0.1',
    'aws:SecureTransport': 'false',
    'aws:RequestedRegion': region,
    'aws:ResourceAccount': accountId,
    'aws:UserAgent': headerOf(wire.headers, 'user-agent'),
    'aws:Referer': headerOf(wire.headers, 'referer'),
  }
}

function timeFacts(now: number): ContextFacts {
  return {
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / 1000)),
  }
}
