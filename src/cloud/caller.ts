import { formatArn, parseArn } from '../core/arn.ts'
import type { AwsError } from '../core/aws-error.ts'
import type { Clock } from '../core/clock.ts'
import { headerOf, type WireRequest } from '../wire/http.ts'
import { accountOf, isIssuedKey } from './accounts.ts'
import type { Signer } from './authorization.ts'
import type { EventPort } from './events.ts'
import type { ContextFacts } from './policy/context-keys.ts'
import type { Principal } from './policy/principal.ts'
import type { PrincipalPolicies } from './questions.ts'
import { type CredentialSeal, readSession, type Session } from './session-credentials.ts'

/** Who calls, and what it may. */
export interface Caller {
  readonly principal: Principal
  /** `account` may everything; `nobody` sent no credentials. */
  readonly kind: 'account' | 'limited' | 'nobody'
  /** ARN as refusals name it. */
  readonly arn: string
  readonly policies: PrincipalPolicies | undefined
  /** A policy that narrows the session, as JSON. */
  readonly sessionPolicy: string | undefined
  /** Condition keys of the caller. */
  readonly facts: ContextFacts
}

/** What the caller showed. */
export interface ShownCredentials {
  readonly signer: Signer
  readonly sessionToken: string | undefined
}

/** Errors of credentials that are no longer, or never were, valid; each service words them its own way. */
export interface CredentialErrors {
  expired(): AwsError
  invalid(accessKeyId: string): AwsError
  /** A session token that this cloud did not issue for the key. */
  invalidToken(token: string): AwsError
}

/** Reads what a request shows. */
export function shownCredentials({ headers, query }: WireRequest, signer: Signer): ShownCredentials {
  return {
    signer,
    // Version 2 writes the parameter in lower case.
    sessionToken:
      headerOf(headers, 'x-amz-security-token') ??
      query.get('X-Amz-Security-Token') ??
      query.get('x-amz-security-token'),
  }
}

/** What finding out who calls needs of the cloud. */
export interface IdentifyingParts {
  readonly events: EventPort
  readonly clock: Clock
  readonly seal: CredentialSeal
}

/**
 * Finds out who calls. Keys that this cloud did not issue are their account's root.
 * @throws AwsError what `errors` gives for credentials of this cloud that are not, or no longer, valid
 */
export async function identifyCaller(
  { signer, sessionToken }: ShownCredentials,
  { events, clock, seal }: IdentifyingParts,
  errors: CredentialErrors,
): Promise<Caller> {
  const { accessKeyId } = signer
  if (accessKeyId === undefined) return nobody
  const accountId = accountOf(accessKeyId)
  if (!isIssuedKey(accessKeyId)) return accountRoot(accountId)
  if (sessionToken !== undefined) {
    const session = readSession(seal, accessKeyId, sessionToken)
    if (!session) throw errors.invalidToken(sessionToken)
    if (session.expiresAt <= clock.now()) throw errors.expired()
    return sessionCaller(session, accountId, events)
  }
  const owner = await events.ask('iam:ownerOfKey', { accessKeyId })
  if (!owner) throw errors.invalid(accessKeyId)
  return limitedCaller({ arn: owner.arn, userId: owner.userId, accountId }, events)
}

/** Who shows no credentials. */
export const nobody: Caller = {
  principal: { kind: 'anonymous' },
  kind: 'nobody',
  arn: 'anonymous',
  policies: undefined,
  sessionPolicy: undefined,
  facts: { 'aws:PrincipalType': 'Anonymous' },
}

/** The root of an account. */
export function accountRoot(accountId: string): Caller {
  const arn = formatArn({ service: 'iam', accountId, resource: 'root' })
  return {
    principal: { kind: 'aws', arn, accountId },
    kind: 'account',
    arn,
    policies: undefined,
    sessionPolicy: undefined,
    facts: {
      'aws:PrincipalArn': arn,
      'aws:PrincipalAccount': accountId,
      'aws:PrincipalType': 'Account',
      'aws:userid': accountId,
    },
  }
}

async function sessionCaller(session: Session, accountId: string, events: EventPort): Promise<Caller> {
  if (parseArn(session.arn)?.resource === 'root') return accountRoot(accountId)
  const caller = await limitedCaller({ arn: session.arn, userId: session.userId, accountId }, events)
  return { ...caller, sessionPolicy: session.policy }
}

/** A role as it acts by itself, without a request: a function's role that writes its log, or reads from a queue. */
export function roleCaller(roleArn: string, events: EventPort): Promise<Caller> {
  return limitedCaller({ arn: roleArn, userId: '', accountId: parseArn(roleArn)?.accountId ?? '' }, events)
}

async function limitedCaller(
  who: { readonly arn: string; readonly userId: string; readonly accountId: string },
  events: EventPort,
): Promise<Caller> {
  const { arn, userId, accountId } = who
  const policies = await events.ask('iam:policiesOf', { arn })
  const resource = parseArn(arn)?.resource ?? ''
  const isUser = resource.startsWith('user/')
  const tags = Object.entries(policies?.tags ?? {}).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])
  return {
    principal: {
      kind: 'aws',
      arn,
      accountId,
      ...(policies && !isUser && { roleArn: policies.principalArn }),
    },
    kind: 'limited',
    arn,
    policies,
    sessionPolicy: undefined,
    facts: {
      'aws:PrincipalArn': policies?.principalArn ?? arn,
      'aws:PrincipalAccount': accountId,
      'aws:PrincipalType': isUser ? 'User' : 'AssumedRole',
      'aws:userid': userId,
      'aws:username': isUser ? resource.slice(resource.lastIndexOf('/') + 1) : undefined,
      ...Object.fromEntries(tags),
    },
  }
}
