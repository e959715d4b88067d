import { isConditionOperator, isConditionValue } from './condition.ts'
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
import { findActionFault, findResourceFault, isLegacyResource } from './element-faults.ts'
import { textsOf } from './policy.ts'

/**
 * What AWS says against the document of an identity policy, in its words and its order; `undefined` when it is valid.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function findIdentityPolicyFault(text: string): string | undefined {
  const document = readDocument(text)
  if (!document || !isWellFormed(document)) return 'Syntax errors in policy.'
  if (document.Version !== '2012-10-17') return 'Policy document must be version 2012-10-17 or greater.'
  const statements = statementsOf(document) as readonly RawDocument[]
  const resources = statements.flatMap(each => textsOf(each.Resource ?? each.NotResource))
  const resourceFault = resources.map(findResourceFault).find(fault => fault !== undefined)
  if (!statements.every(isLegacyStatement)) return 'The policy failed legacy parsing'
  if (resourceFault === undefined && !resources.every(isLegacyResource))
    return 'The policy failed legacy parsing'
  return findSidFault(statements) ?? findElementFault(statements, resourceFault)
}

function isWellFormed(document: RawDocument): boolean {
  const statements = statementsOf(document)
  return (
    Object.keys(document).every(name => topElements.includes(name)) &&
    (document.Version === undefined || versions.includes(document.Version as string)) &&
    (document.Id === undefined || typeof document.Id === 'string') &&
    statements.length > 0 &&
    statements.every(isWellFormedStatement)
  )
}

function isWellFormedStatement(statement: unknown): boolean {
  if (!isRecord(statement)) return false
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Condition } = statement
  return (
    Object.keys(statement).every(name => statementElements.includes(name)) &&
    (Sid === undefined || typeof Sid === 'string') &&
    typeof Effect === 'string' &&
    /^(allow|deny)$/i.test(Effect) &&
    [Action, NotAction, Resource, NotResource].every(each => each === undefined || isTexts(each)) &&
    (Action === undefined || NotAction === undefined) &&
    (Resource === undefined || NotResource === undefined) &&
    (Condition === undefined || isWellFormedCondition(Condition))
  )
}

function isWellFormedCondition(condition: unknown): boolean {
  if (!isRecord(condition)) return false
  return Object.entries(condition).every(
    ([operator, keys]) =>
      isRecord(keys) &&
      Object.values(keys).every(areConditionValues) &&
      (isConditionOperator(operator) || Object.keys(keys).length === 0),
  )
}

/** The older parser, that AWS asks as well, is stricter about letters' case and about dates. */
function isLegacyStatement({ Effect, Condition }: RawDocument): boolean {
  if (Effect !== 'Allow' && Effect !== 'Deny') return false
  return Object.entries((Condition ?? {}) as Record<string, RawDocument>).every(([operator, keys]) =>
    Object.values(keys).every(
      values => !/Date/.test(operator) || textsOf(values).every(value => isConditionValue(operator, value)),
    ),
  )
}

function findSidFault(statements: readonly RawDocument[]): string | undefined {
  const sids = statements.map(({ Sid }) => Sid).filter(Boolean) as string[]
  if (!sids.every(sid => /^[0-9A-Za-z]*$/.test(sid)))
    return 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'
  if (new Set(sids).size < sids.length) return 'Statement IDs (SID) in a single policy must be unique.'
  return undefined
}

function findElementFault(
  statements: readonly RawDocument[],
  resourceFault: string | undefined,
): string | undefined {
  if (statements.some(each => each.Principal !== undefined || each.NotPrincipal !== undefined))
    return 'Policy document should not specify a principal.'
  const actions = statements.map(each => textsOf(each.Action ?? each.NotAction))
  if (actions.some(each => each.length === 0)) return 'Policy statement must contain actions.'
  if (resourceFault !== undefined) return resourceFault
  const actionFault = actions.flat().map(findActionFault)
  const hasResources = (each: RawDocument): boolean => textsOf(each.Resource ?? each.NotResource).length > 0
  return (
    actionFault.find(fault => fault !== undefined) ??
    (statements.every(hasResources) ? undefined : 'Policy statement must contain resources.')
  )
}
