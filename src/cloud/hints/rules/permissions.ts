import { parseArn } from '../../../core/arn.ts'
import type { Finding, HintRule } from '../hint.ts'

/** AWS's words for who may not do what, as refusals.ts writes them. */
const refusal =
  /^User: (?<caller>\S+) is not authorized to perform: (?<action>[\w-]+:\w+)(?: on resource: (?<resource>.+?))?(?: because no (?<missing>[\w -]+?) allows the \S+ action| with an explicit deny in an? (?<denying>[\w -]+))?$/

const codes = ['AccessDenied', 'AccessDeniedException']

/** A refusal, taken apart. */
interface Refusal {
  readonly caller: string
  readonly action: string
  /** An ARN, or `*`. */
  readonly resource: string
  readonly missing: string | undefined
  readonly denying: string | undefined
}

function readRefusal(message = ''): Refusal | undefined {
  const groups = refusal.exec(message)?.groups
  if (!groups) return undefined
  const { caller = '', action = '', resource, missing, denying } = groups
  return { caller, action, resource: readResource(resource, caller), missing, denying }
}

/** IAM's refusals name `role lector` where a policy needs its ARN. */
function readResource(resource: string | undefined, caller: string): string {
  if (resource === undefined) return '*'
  const [, kind, name] = /^(role|user|group|policy|instance profile) (\S+)$/.exec(resource) ?? []
  if (kind === undefined) return resource.replace(/^"|"$/g, '')
  return `arn:aws:iam::${parseArn(caller)?.accountId ?? ''}:${kind.replace(' ', '-')}/${name}`
}

/** The role or user that policies belong to: of a session's ARN, its role. */
function identityOf(caller: string): string {
  const arn = parseArn(caller)
  const [, role] = /^assumed-role\/([^/]+)\//.exec(arn?.resource ?? '') ?? []
  return role === undefined ? caller : `arn:aws:iam::${arn?.accountId ?? ''}:role/${role}`
}

function found(refused: Refusal, facts: Readonly<Record<string, string>>): Finding {
  const { action, resource } = refused
  const identity = identityOf(refused.caller)
  const tryIt = [
    'iam',
    'simulate-principal-policy',
    '--policy-source-arn',
    identity,
    '--action-names',
    action,
  ]
  return { facts, tryIt: resource === '*' ? tryIt : [...tryIt, '--resource-arns', resource] }
}

/** An Allow is missing: the policy line that would be it. */
const missingAllow: HintRule = {
  id: 'iam.missing-allow',
  on: 'failure',
  codes,
  find: ({ error }) => {
    const refused = readRefusal(error?.message)
    if (refused?.missing === undefined) return undefined
    const { action, resource, caller, missing } = refused
    const statement = JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource })
    return found(refused, { identity: identityOf(caller), where: missing, statement })
  },
}

const explicitDeny: HintRule = {
  id: 'iam.explicit-deny',
  on: 'failure',
  codes,
  find: ({ error }) => {
    const refused = readRefusal(error?.message)
    if (refused?.denying === undefined) return undefined
    const { action, resource, caller, denying } = refused
    return found(refused, { identity: identityOf(caller), where: denying, action, resource })
  },
}

/** A role that does not let the caller be it: its trust policy decides, not the caller's own policies. */
const untrusted: HintRule = {
  id: 'iam.untrusted-caller',
  on: 'failure',
  operations: ['AssumeRole'],
  codes,
  find: ({ error }) => {
    const refused = readRefusal(error?.message)
    if (refused === undefined || refused.missing !== undefined || refused.denying !== undefined)
      return undefined
    const role = /role\/(?:.*\/)?([^/]+)$/.exec(refused.resource)?.[1] ?? refused.resource
    return {
      facts: { role, caller: identityOf(refused.caller) },
      tryIt: ['iam', 'get-role', '--role-name', role, '--query', 'Role.AssumeRolePolicyDocument'],
    }
  },
}

/** What permissions refuse (`ENFORCE_IAM=1`). */
export const permissionRules: readonly HintRule[] = [missingAllow, explicitDeny, untrusted]
