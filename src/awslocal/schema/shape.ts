import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'
import type { ServiceFacts } from '../services/facts.ts'

export type ScalarKind = 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'document'

/** One of AWS's types, as the command line needs to see it; members are in the order of AWS's own model. */
export interface Shape {
  readonly kind: ScalarKind | 'structure' | 'list' | 'map'
  /** AWS's name of a structure; empty for other kinds. */
  readonly name: string
  /** Of structures. */
  readonly members: ReadonlyMap<string, Member>
  /** Of lists and maps. */
  readonly element: Shape | undefined
  /** A blob that is sent or received piece by piece: the command line takes a file's path for it. */
  readonly isStreaming: boolean
  /** At most one member may be set. */
  readonly isUnion: boolean
  /** The shortest text (in characters) or list, or the least number; 0 where there is no such limit. */
  readonly minimum: number
}

/** One member of a structure; its shape is read when asked for, since structures may contain themselves. */
export interface Member {
  readonly shape: Shape
  readonly isRequired: boolean
  readonly isIdempotencyToken: boolean
  /** It stands in the request's path, so it cannot be empty. */
  readonly isInPath: boolean
  /** Read from a header or the status, not from the body. */
  readonly isOutsideBody: boolean
  /** It is the whole body. */
  readonly isPayload: boolean
}

const noMembers: ReadonlyMap<string, Member> = new Map()

/** Reads a schema of the AWS SDK; `facts` put members where AWS's model has them. */
export function readShape(schema: SchemaRef, facts: ServiceFacts): Shape {
  return fromNormalized(NormalizedSchema.of(schema), facts)
}

function fromNormalized(schema: NormalizedSchema, facts: ServiceFacts): Shape {
  const plain = { name: '', members: noMembers, isStreaming: false, isUnion: false, minimum: 0 }
  if (schema.isListSchema())
    return { ...plain, kind: 'list', element: fromNormalized(schema.getValueSchema(), facts) }
  if (schema.isMapSchema())
    return { ...plain, kind: 'map', element: fromNormalized(schema.getValueSchema(), facts) }
  if (schema.isStructSchema()) {
    const name = schema.getName() ?? ''
    const members = readMembers(schema, facts)
    return { ...plain, kind: 'structure', element: undefined, name, members, isUnion: schema.isUnionSchema() }
  }
  return { ...plain, kind: scalarKind(schema), element: undefined, isStreaming: schema.isStreaming() }
}

function scalarKind(schema: NormalizedSchema): ScalarKind {
  if (schema.isDocumentSchema()) return 'document'
  if (schema.isBlobSchema() || schema.isStreaming()) return 'blob'
  if (schema.isTimestampSchema()) return 'timestamp'
  if (schema.isBooleanSchema()) return 'boolean'
  if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) return 'number'
  return 'string'
}

function readMembers(schema: NormalizedSchema, facts: ServiceFacts): ReadonlyMap<string, Member> {
  const raw: unknown = schema.getSchema()
  const requiredCount = Array.isArray(raw) && typeof raw[6] === 'number' ? raw[6] : 0
  const read = [...schema.structIterator()].map(([name, member], index) => {
    const isRequired = index < requiredCount || isBoundToPath(member)
    return [name, readMember({ structure: schema.getName() ?? '', name, member, isRequired }, facts)] as const
  })
  const order = orderMembers(
    read.map(([name]) => name),
    { requiredCount, known: facts.memberOrder[schema.getName() ?? ''] },
  )
  const byName = new Map(read)
  return new Map(order.flatMap(name => withMember(name, byName.get(name))))
}

function withMember(name: string, member: Member | undefined): [string, Member][] {
  return member === undefined ? [] : [[name, member]]
}

/** What stands in the path must be said, or there is no address to send to. */
function isBoundToPath(member: NormalizedSchema): boolean {
  return member.getMemberTraits().httpLabel === 1
}

interface MemberOrigin {
  /** The name of the structure that it is a member of. */
  readonly structure: string
  readonly name: string
  readonly member: NormalizedSchema
  readonly isRequired: boolean
}

function readMember(origin: MemberOrigin, facts: ServiceFacts): Member {
  const { name, member, isRequired } = origin
  const traits = member.getMemberTraits()
  let shape: Shape | undefined
  return {
    get shape() {
      shape ??= withMinimum(origin, asNumber(name, fromNormalized(member, facts), facts), facts)
      return shape
    },
    isRequired,
    isIdempotencyToken: traits.idempotencyToken === 1,
    isInPath: isBoundToPath(member),
    isOutsideBody:
      traits.httpHeader !== undefined ||
      traits.httpPrefixHeaders !== undefined ||
      traits.httpResponseCode === 1,
    isPayload: traits.httpPayload === 1,
  }
}

/** The SDK says `string` for some members that AWS's model has as integers. */
function asNumber(name: string, shape: Shape, facts: ServiceFacts): Shape {
  return shape.kind === 'string' && facts.integerMembers.includes(name) ? { ...shape, kind: 'number' } : shape
}

function withMinimum({ structure, name }: MemberOrigin, shape: Shape, facts: ServiceFacts): Shape {
  const known = facts.minimums[structure]
  if (known === undefined) return shape
  const element = shape.element && { ...shape.element, minimum: known[`${name}[]`] ?? 0 }
  return { ...shape, element, minimum: known[name] ?? 0 }
}

interface KnownOrder {
  readonly requiredCount: number
  /** Places of the required members, or all names. */
  readonly known: readonly (number | string)[] | undefined
}

/** The SDK lists required members first; this puts them back among the others. New members go last. */
function orderMembers(names: readonly string[], { requiredCount, known }: KnownOrder): readonly string[] {
  if (known === undefined) return names
  const listed = known.filter(entry => typeof entry === 'string')
  if (listed.length > 0) return [...listed, ...names.filter(name => !listed.includes(name))]
  const ordered = names.slice(requiredCount)
  for (const [index, place] of known.entries()) {
    const name = names[index]
    if (typeof place === 'number' && name !== undefined) ordered.splice(place, 0, name)
  }
  return ordered
}
