import type { StaticOperationSchema } from '@smithy/types'
import {
  type CompiledOperation,
  compileOperation,
  type HttpTrait,
  httpTraitOf,
  requiredMembers,
} from './compiled-operation.ts'
import { headerOf, type WireRequest } from './http.ts'
import { decodePathSegment } from './uri.ts'

/** The operation that a request asks for, and the labels of its path, decoded. */
export interface Route {
  readonly operation: CompiledOperation
  readonly labels: Readonly<Record<string, string>>
}

export type Router = (request: WireRequest, isImplemented: (name: string) => boolean) => Route | undefined

interface Candidate {
  readonly schema: StaticOperationSchema
  readonly http: HttpTrait
}

interface Needs {
  readonly query: readonly string[]
  readonly headers: readonly string[]
  readonly contextMembers: readonly string[]
  readonly takesContext: boolean
}

/** Builds the router of a REST service from its operations' HTTP traits. */
export function createRestRouter(operations: Readonly<Record<string, StaticOperationSchema>>): Router {
  const byMethod = groupByMethod(operations)
  return (request, isImplemented) => {
    const pathSegments = request.path.split('/').slice(1)
    let best: { candidate: Candidate; labels: Record<string, string>; score: number } | undefined
    for (const candidate of byMethod.get(request.method) ?? []) {
      if (!hasLiterals(candidate.http, request.query)) continue
      const labels = matchSegments(candidate.http, pathSegments)
      if (!labels) continue
      const score = scoreOf(candidate, request, isImplemented)
      if (score !== undefined && (best === undefined || score > best.score))
        best = { candidate, labels, score }
    }
    if (!best) return undefined
    return { operation: compileOperation(best.candidate.schema), labels: best.labels }
  }
}

function groupByMethod(
  operations: Readonly<Record<string, StaticOperationSchema>>,
): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>()
  for (const schema of Object.values(operations)) {
    const http = httpTraitOf(schema)
    if (!http) continue
    const group = groups.get(http.method) ?? []
    group.push({ schema, http })
    groups.set(http.method, group)
  }
  return groups
}

function hasLiterals(http: HttpTrait, query: WireRequest['query']): boolean {
  if (http.literals.length === 0) return true
  if (query.size === 0) return false
  return http.literals.every(
    ([name, value]) => query.has(name) && (value === '' || query.get(name) === value),
  )
}

/** Matches a path against a template; a greedy label takes what is left, and must not be empty. */
function matchSegments(http: HttpTrait, path: readonly string[]): Record<string, string> | undefined {
  const { segments } = http
  const isGreedy = segments.at(-1)?.kind === 'greedy'
  const given = isGreedy || path.at(-1) !== '' ? path : path.slice(0, -1)
  if (isGreedy ? given.length < segments.length : given.length !== segments.length) return undefined
  const labels: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const text = segment.kind === 'greedy' ? given.slice(index).join('/') : (given[index] as string)
    if (segment.kind === 'literal' ? text !== segment.text : text === '') return undefined
    if (segment.kind !== 'literal') labels[segment.text] = decodePathSegment(text)
  }
  return labels
}

/** How specifically a candidate fits, or `undefined` when the request lacks something that it requires. */
function scoreOf(
  { schema, http }: Candidate,
  request: WireRequest,
  isImplemented: (name: string) => boolean,
): number | undefined {
  const needs = needsOf(schema)
  const hasContext = Object.keys(request.contextMembers).length > 0
  if (needs.takesContext !== hasContext) return undefined
  if (!needs.query.every(name => request.query.has(name))) return undefined
  if (!needs.headers.every(name => headerOf(request.headers, name) !== undefined)) return undefined
  const named = request.query.get('x-id') === schema[2] ? 4 : 0
  return (
    (http.literals.length + needs.query.length + needs.headers.length) * 8 +
    named +
    (isImplemented(schema[2]) ? 1 : 0)
  )
}

const needsCache = new WeakMap<StaticOperationSchema, Needs>()

function needsOf(schema: StaticOperationSchema): Needs {
  const known = needsCache.get(schema)
  if (known) return known
  const { input, http } = compileOperation(schema)
  const needs = {
    query: [] as string[],
    headers: [] as string[],
    contextMembers: [] as string[],
    takesContext: false,
  }
  if (input.isStructSchema()) {
    const required = new Set(requiredMembers(input))
    for (const [name, member] of input.structIterator()) {
      const traits = member.getMergedTraits()
      if (traits.httpLabel && !http?.segments.some(segment => segment.text === name))
        needs.takesContext = true
      if (required.has(name) && traits.httpQuery) needs.query.push(traits.httpQuery)
      if (required.has(name) && traits.httpHeader) needs.headers.push(traits.httpHeader.toLowerCase())
    }
  }
  needsCache.set(schema, needs)
  return needs
}
