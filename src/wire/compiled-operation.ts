import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'

/** An operation's schemas, ready to be used. */
export interface CompiledOperation {
  readonly name: string
  readonly input: NormalizedSchema
  readonly output: NormalizedSchema
  /** Absent in the RPC protocols. */
  readonly http?: HttpTrait
}

/** Where an operation lives over HTTP. */
export interface HttpTrait {
  readonly method: string
  readonly segments: readonly PathSegment[]
  /** Literal query parameters of the template, `x-id` left out. */
  readonly literals: readonly (readonly [name: string, value: string])[]
  readonly status: number
}

/** One segment of a path template: a literal, `{Label}`, or `{Label+}` that takes the rest. */
export interface PathSegment {
  readonly text: string
  readonly kind: 'literal' | 'label' | 'greedy'
}

const compiled = new WeakMap<StaticOperationSchema, CompiledOperation>()

/** Compiles an operation's schema on first use. */
export function compileOperation(schema: StaticOperationSchema): CompiledOperation {
  const known = compiled.get(schema)
  if (known) return known
  const http = httpTraitOf(schema)
  const operation: CompiledOperation = {
    name: schema[2],
    input: NormalizedSchema.of(schema[4]),
    output: NormalizedSchema.of(schema[5]),
    ...(http && { http }),
  }
  compiled.set(schema, operation)
  return operation
}

/** The HTTP trait of an operation's schema, without compiling its shapes. */
export function httpTraitOf(schema: StaticOperationSchema): HttpTrait | undefined {
  const traits = schema[3]
  const http = typeof traits === 'object' ? traits.http : undefined
  if (!http) return undefined
  const [method, template, status] = http
  const [path = '/', query = ''] = template.split('?')
  return { method, status, segments: parseSegments(path), literals: parseLiterals(query) }
}

/** Names of the members that a request cannot lack; the SDK's schemas list them first and give their count. */
export function requiredMembers(schema: NormalizedSchema): readonly string[] {
  const own = schema.getSchema()
  if (!Array.isArray(own) || !schema.isStructSchema()) return []
  const names = own[4] as readonly string[]
  return names.slice(0, (own[6] as number | undefined) ?? 0)
}

function parseSegments(path: string): PathSegment[] {
  return path
    .split('/')
    .filter(part => part !== '')
    .map(part => {
      const label = /^\{(.+?)(\+?)\}$/.exec(part)
      if (!label) return { text: part, kind: 'literal' }
      return { text: label[1] ?? '', kind: label[2] === '+' ? 'greedy' : 'label' }
    })
}

function parseLiterals(query: string): (readonly [string, string])[] {
  return query
    .split('&')
    .filter(pair => pair !== '')
    .map(pair => pair.split('='))
    .map(([name = '', value = '']) => [name, value] as const)
    .filter(([name]) => name !== 'x-id')
}
