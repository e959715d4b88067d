import { isConditionOperator } from './condition.ts'
import {
  areConditionValues,
  isRecord,
  isTexts,
  type RawDocument,
  readDocument,
  statementElements,
  statementsOf,
  topElements,
  versions,
} from './document.ts'
import { readPrincipals, textsOf } from './policy.ts'
import { accountOfPrincipal, type PrincipalEntry } from './principal.ts'

/** What a service lets the policies of its resources say. */
export interface ResourcePolicyRules {
  /** Elements that no statement may have, e.g. `Resource` in a trust policy. */
  readonly prohibited: readonly string[]
  /** Elements that every statement must have, or its `Not…`. */
  readonly required: readonly string[]
  /** What it says against an action, e.g. `Policy has invalid action`. */
  readonly actionFault: (action: string) => string | undefined
  /** What it says against a resource. */
  readonly resourceFault: (resource: string) => string | undefined
  /** Whether a user or role that a policy names is there; AWS knows each of them. */
  readonly isKnownPrincipal: (arn: string) => boolean
}

const trustActions =
  /^(\*|sts:(\*|Assume.*|TagSession|SetSourceIdentity|SetContext|GetServiceBearerToken|GetCallerIdentity|GetFederationToken|GetSessionToken|DecodeAuthorizationMessage|GetAccessKeyInfo))$/i

/** What AWS says against a role's trust policy; `undefined` when it is valid. */
export function findTrustPolicyFault(
  text: string,
  isKnownPrincipal: ResourcePolicyRules['isKnownPrincipal'],
): string | undefined {
  return findResourcePolicyFault(text, {
    prohibited: ['Resource', 'NotResource', 'NotPrincipal'],
    required: ['Effect', 'Principal', 'Action'],
    actionFault: action =>
      trustActions.test(action) ? undefined : 'AssumeRole policy may only specify STS AssumeRole actions.',
    resourceFault: () => undefined,
    isKnownPrincipal,
  })
}

/** What AWS says against the policy of a resource (a bucket, a role), in its words; `undefined` when it is valid. */
export function findResourcePolicyFault(text: string, rules: ResourcePolicyRules): string | undefined {
  const document = readDocument(text)
  if (!document) return 'This policy contains invalid Json'
  const unknown = Object.keys(document).find(name => !topElements.includes(name))
  if (unknown !== undefined) return `Unknown field ${unknown}`
  if (document.Version !== undefined && !versions.includes(document.Version as string))
    return 'The policy must contain a valid version string'
  if (document.Statement === undefined) return 'Missing required field Statement'
  const statements = statementsOf(document)
  if (statements.length === 0) return 'Could not parse the policy: Statement is empty!'
  return statements.map(each => findStatementFault(each, rules)).find(fault => fault !== undefined)
}

function findStatementFault(statement: unknown, rules: ResourcePolicyRules): string | undefined {
  if (!isRecord(statement)) return 'Statement is not valid'
  return (
    findFieldFault(statement, rules) ??
    findValueFault(statement) ??
    findPrincipalFault('Principal' in statement ? statement.Principal : statement.NotPrincipal, rules) ??
    firstFault(textsOf(statement.Action ?? statement.NotAction), rules.actionFault) ??
    firstFault(textsOf(statement.Resource ?? statement.NotResource), rules.resourceFault) ??
    findConditionFault(statement.Condition)
  )
}

function findFieldFault(statement: RawDocument, rules: ResourcePolicyRules): string | undefined {
  const names = Object.keys(statement)
  const unknown = names.find(name => !statementElements.includes(name))
  if (unknown !== undefined) return `Unknown field ${unknown}`
  const prohibited = names.find(name => rules.prohibited.includes(name))
  if (prohibited !== undefined) return `Has prohibited field ${prohibited}`
  const isPresent = (name: string): boolean => names.includes(name) || names.includes(`Not${name}`)
  const missing = rules.required.find(name => !isPresent(name))
  return missing === undefined ? undefined : `Missing required field ${missing}`
}

function findValueFault({ Effect, Sid, ...statement }: RawDocument): string | undefined {
  if (Effect !== 'Allow' && Effect !== 'Deny') return `Invalid effect: ${String(Effect)}`
  if (Sid !== undefined && typeof Sid !== 'string') return 'Invalid Sid'
  const texts = ['Action', 'NotAction', 'Resource', 'NotResource'] as const
  const wrong = texts.find(name => statement[name] !== undefined && !isTexts(statement[name]))
  return wrong === undefined ? undefined : `Policy has invalid ${wrong.toLowerCase().replace('not', '')}`
}

function findPrincipalFault(written: unknown, rules: ResourcePolicyRules): string | undefined {
  if (written === undefined || written === '*') return undefined
  if (typeof written === 'string') return `Invalid principal in policy: "AWS":"${written}"`
  const entries = isRecord(written) ? readPrincipals(written) : []
  if (entries.length === 0) return 'Invalid principal in policy'
  const wrong = entries.find(entry => !isPrincipal(entry, rules))
  if (wrong === undefined) return undefined
  return `Invalid principal in policy: "${wrong.type === 'AWS' ? 'AWS' : wrong.type.toUpperCase()}":"${wrong.value}"`
}

function isPrincipal({ type, value }: PrincipalEntry, { isKnownPrincipal }: ResourcePolicyRules): boolean {
  if (type === 'Service') return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(value)
  if (type === 'Federated' || type === 'CanonicalUser') return value !== ''
  if (type !== 'AWS') return false
  if (value === '*' || accountOfPrincipal(value) !== undefined || /^A[A-Z0-9]{15,}$/.test(value)) return true
  return /^arn:aws:(iam|sts)::\d{12}:(user|role|assumed-role|federated-user)\/[^*]+$/.test(value)
    ? isKnownPrincipal(value)
    : false
}

function findConditionFault(condition: unknown): string | undefined {
  if (condition === undefined) return undefined
  if (!isRecord(condition)) return 'Invalid condition'
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isConditionOperator(operator)) return `Invalid Condition type : ${operator}`
    if (!isRecord(keys) || !Object.values(keys).every(areConditionValues)) return 'Invalid condition'
  }
  return undefined
}

function firstFault(
  values: readonly string[],
  faultOf: (value: string) => string | undefined,
): string | undefined {
  return values.map(faultOf).find(fault => fault !== undefined)
}
