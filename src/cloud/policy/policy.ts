import { compileArnPattern } from './arn-pattern.ts'
import { type Condition, compileCondition } from './condition.ts'
import { compilePattern, type Pattern } from './pattern.ts'
import type { PrincipalEntry } from './principal.ts'

/** A policy document, ready to decide. */
export interface Policy {
  readonly statements: readonly Statement[]
}

/** One statement; elements that the document does not have apply to everything. */
export interface Statement {
  readonly sid: string | undefined
  /** Position in the document, from 0. */
  readonly index: number
  readonly effect: 'Allow' | 'Deny'
  readonly actions: Element<Pattern>
  readonly resources: Element<Pattern> | undefined
  readonly principals: Element<PrincipalEntry> | undefined
  readonly conditions: readonly Condition[]
}

/** `Action` or, negated, `NotAction`; the same for resources and principals. */
export interface Element<Entry> {
  readonly isNegated: boolean
  readonly entries: readonly Entry[]
}

type Json = Readonly<Record<string, unknown>>

/** Compiled documents by their text; policies are asked far more often than they change. */
const compiled = new Map<string, Policy>()
const maxCompiledPolicies = 2000

/**
 * Compiles a valid policy document; the same text is compiled once.
 * @throws SyntaxError when it is not JSON
 */
export function parsePolicy(document: string): Policy {
  const known = compiled.get(document)
  if (known) return known
  const policy = compilePolicy(JSON.parse(document) as Json)
  if (compiled.size >= maxCompiledPolicies) compiled.delete(compiled.keys().next().value as string)
  compiled.set(document, policy)
  return policy
}

function compilePolicy(document: Json): Policy {
  const hasVariables = document.Version === '2012-10-17'
  const statements = listOf(document.Statement) as readonly Json[]
  return { statements: statements.map((each, index) => compileStatement(each, { index, hasVariables })) }
}

function compileStatement(
  raw: Json,
  { index, hasVariables }: { readonly index: number; readonly hasVariables: boolean },
): Statement {
  const action = (text: string): Pattern =>
    compilePattern(text, { hasWildcards: true, hasVariables: false, ignoresCase: true })
  return {
    sid: typeof raw.Sid === 'string' && raw.Sid !== '' ? raw.Sid : undefined,
    index,
    effect: raw.Effect === 'Deny' ? 'Deny' : 'Allow',
    actions: compileElement(raw, 'Action', action) ?? { isNegated: false, entries: [] },
    resources: compileElement(raw, 'Resource', text => compileArnPattern(text, { hasVariables })),
    principals: compilePrincipals(raw),
    conditions: compileConditions(raw.Condition, hasVariables),
  }
}

function compileElement(
  raw: Json,
  name: string,
  compile: (text: string) => Pattern,
): Element<Pattern> | undefined {
  const isNegated = raw[name] === undefined
  const written = isNegated ? raw[`Not${name}`] : raw[name]
  if (written === undefined) return undefined
  return { isNegated, entries: textsOf(written).map(compile) }
}

function compilePrincipals(raw: Json): Statement['principals'] {
  const isNegated = raw.Principal === undefined
  const written = isNegated ? raw.NotPrincipal : raw.Principal
  return written === undefined ? undefined : { isNegated, entries: readPrincipals(written) }
}

/** The entries of a Principal element as it is written. */
export function readPrincipals(written: unknown): PrincipalEntry[] {
  if (typeof written === 'string') return written === '*' ? [{ type: '*', value: '*' }] : []
  return Object.entries(written as Json).flatMap(([type, values]) =>
    textsOf(values).map(value => ({ type: type as PrincipalEntry['type'], value })),
  )
}

function compileConditions(written: unknown, hasVariables: boolean): Condition[] {
  return Object.entries((written ?? {}) as Json).flatMap(([operator, keys]) =>
    Object.entries(keys as Json).map(([key, values]) =>
      compileCondition(operator, { key, values: textsOf(values), hasVariables }),
    ),
  )
}

/** The texts of an element that may be one value or a list; numbers and booleans are texts as well. */
export function textsOf(value: unknown): string[] {
  return listOf(value)
    .filter(each => each !== null && each !== undefined)
    .map(String)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}
