import type { Principal } from '../../../src/cloud/policy/principal.ts'

/** A statement as JSON; the model reads it each time anew. */
export type ModelStatement = Readonly<Record<string, unknown>>

export interface ModelRequest {
  readonly principal: Principal
  readonly action: string
  readonly resource: string
  readonly keys: Readonly<Record<string, string | readonly string[]>>
}

export interface ModelPolicies {
  readonly identity: readonly (readonly ModelStatement[])[]
  readonly boundary: readonly ModelStatement[] | undefined
  readonly session: readonly ModelStatement[] | undefined
  readonly resource: readonly ModelStatement[] | undefined
  readonly resourceAccountId: string
}

/** What AWS's page on the evaluation logic says, read step by step and without a thought for speed. */
export function modelDecision(request: ModelRequest, policies: ModelPolicies): string {
  const everything = [policies.identity.flat(), policies.boundary, policies.session, policies.resource]
  if (everything.some(layer => layer?.some(each => each.Effect === 'Deny' && speaksOf(each, request))))
    return 'explicitDeny'
  const allows = (layer: readonly ModelStatement[] | undefined): boolean =>
    layer === undefined || layer.some(each => each.Effect === 'Allow' && speaksOf(each, request))
  const given = (policies.resource ?? [])
    .filter(each => each.Effect === 'Allow' && speaksOf(each, request))
    .flatMap(each => grades(each, request.principal))
  return isAllowed() ? 'allowed' : 'implicitDeny'

  function isAllowed(): boolean {
    if (request.principal.kind !== 'aws') return given.length > 0
    const within = allows(policies.boundary) && allows(policies.session)
    const own = allows(policies.identity.flat()) && within
    if (policies.resourceAccountId !== request.principal.accountId) return own && given.length > 0
    return own || given.includes('direct') || (given.includes('role') && within)
  }
}

function speaksOf(statement: ModelStatement, request: ModelRequest): boolean {
  return (
    element(statement, 'Action', each =>
      regex(each.toLowerCase(), true).test(request.action.toLowerCase()),
    ) &&
    element(statement, 'Resource', each => isArnLike(each, request)) &&
    conditions(statement).every(([operator, key, values]) => holds(operator, { key, values }, request)) &&
    grades(statement, request.principal).length > 0
  )
}

function element(statement: ModelStatement, name: string, fits: (each: string) => boolean): boolean {
  const positive = statement[name]
  if (positive !== undefined) return texts(positive).some(fits)
  return !texts(statement[`Not${name}`]).some(fits)
}

function grades(statement: ModelStatement, principal: Principal): string[] {
  if (statement.Principal !== undefined) return gradesOf(statement.Principal, principal)
  if (statement.NotPrincipal === undefined) return ['direct']
  return gradesOf(statement.NotPrincipal, principal).length === 0 ? ['direct'] : []
}

function gradesOf(written: unknown, principal: Principal): string[] {
  if (written === '*') return ['direct']
  const { AWS, Service } = written as { AWS?: unknown; Service?: unknown }
  if (principal.kind === 'service') return texts(Service).includes(principal.name) ? ['direct'] : []
  const names = texts(AWS)
  const found = names.includes('*') ? ['direct'] : []
  if (principal.kind !== 'aws') return found
  if (names.includes(principal.arn)) found.push('direct')
  if (principal.roleArn !== undefined && names.includes(principal.roleArn)) found.push('role')
  if (names.includes(principal.accountId)) found.push('account')
  return found
}

function conditions(statement: ModelStatement): [operator: string, key: string, values: string[]][] {
  const block = (statement.Condition ?? {}) as Record<string, Record<string, unknown>>
  return Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => [operator, key, texts(values)] as [string, string, string[]]),
  )
}

function holds(
  written: string,
  { key, values }: { key: string; values: string[] },
  request: ModelRequest,
): boolean {
  const set = written.includes(':') ? written.split(':')[0] : ''
  const name = written.replace(/^.*:/, '').replace(/IfExists$/, '')
  const isNegative = name.includes('Not')
  const has = texts(valueIn(key, request))
  if (has.length === 0) {
    if (written.endsWith('IfExists') || set === 'ForAllValues') return true
    return set === '' && isNegative
  }
  const fits = (value: string): boolean =>
    values.some(wanted => compare(name.replace('Not', ''), { wanted, value }, request))
  if (set === 'ForAllValues') return has.every(value => fits(value) !== isNegative)
  if (set === 'ForAnyValue') return has.some(value => fits(value) !== isNegative)
  return isNegative ? !has.some(fits) : has.some(fits)
}

function compare(
  name: string,
  { wanted, value }: { wanted: string; value: string },
  request: ModelRequest,
): boolean {
  if (name === 'NumericLessThan') return Number(value) < Number(wanted)
  if (name === 'Bool') return value.toLowerCase() === wanted.toLowerCase()
  const filled = fill(wanted, request)
  if (filled === undefined) return false
  return regex(filled, name === 'StringLike').test(value)
}

function isArnLike(pattern: string, request: ModelRequest): boolean {
  if (pattern === '*') return true
  const filled = fill(pattern, request)
  if (filled === undefined) return false
  const wanted = segments(filled)
  const has = segments(request.resource)
  return has.length === 6 && wanted.every((each, index) => regex(each, true).test(has[index] ?? ''))
}

function segments(arn: string): string[] {
  const parts = arn.split(':')
  return parts.length > 6 ? [...parts.slice(0, 5), parts.slice(5).join(':')] : parts
}

/** Puts values in the place of variables; the values of these tests hold no wildcards. */
function fill(text: string, request: ModelRequest): string | undefined {
  let isWhole = true
  const filled = text.replace(/\$\{([^,}]+)(?:, '([^']*)')?\}/g, (_all, key: string, fallback?: string) => {
    const value = valueIn(key, request) ?? fallback
    if (value === undefined) isWhole = false
    return String(value)
  })
  return isWhole ? filled : undefined
}

function valueIn(key: string, { keys }: ModelRequest): string | readonly string[] | undefined {
  return Object.entries(keys).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1]
}

function regex(pattern: string, hasWildcards: boolean): RegExp {
  const literal = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const source = hasWildcards ? literal.replaceAll('\\*', '.*').replaceAll('\\?', '.') : literal
  return new RegExp(`^${source}$`, 's')
}

function texts(value: unknown): string[] {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}
