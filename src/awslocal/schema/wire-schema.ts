import { NormalizedSchema } from '@smithy/core/schema'
import type { SchemaRef } from '@smithy/types'

const text = 0
const blob = 21
const timestamps = { first: 4, last: 7 }
/** Set in numbers that stand for "list of" (64) or "map of" (128) a type. */
const containerBits = 0b1100_0000
const typeBits = 0b0011_1111
const payloadBit = 0b1_0000
/** Structures, unions and errors hold two lists: the members' names and their types. */
const structureKinds: readonly number[] = [3, 4, -3]
const known = new WeakMap<readonly unknown[], unknown>()

/**
 * The same schema with its timestamps and blobs as texts, so that an answer keeps the exact form that it had on the wire,
 * which is what the AWS CLI prints. Bodies stay streams or bytes.
 */
export function asWireSchema(schema: SchemaRef): SchemaRef {
  return convert(schema) as SchemaRef
}

function convert(schema: unknown): unknown {
  if (typeof schema === 'function') return () => convert(schema())
  if (typeof schema === 'number') return convertType(schema)
  if (!Array.isArray(schema)) return schema
  const done = known.get(schema)
  if (done !== undefined) return done
  const converted = isMember(schema) ? convertMember(schema) : convertNamed(schema)
  known.set(schema, converted)
  return converted
}

/** A member is `[type, traits]`; everything else is `[kind, namespace, name, …]`. */
function isMember(schema: readonly unknown[]): boolean {
  return typeof schema[1] !== 'string'
}

function convertMember(member: readonly unknown[]): readonly unknown[] {
  const [type, traits] = member
  const schema = NormalizedSchema.of(type as SchemaRef)
  if (schema.isStreaming() || (schema.isBlobSchema() && isPayload(traits))) return member
  return [convert(type), traits]
}

/** Traits are bits, or a record when they hold values. */
function isPayload(traits: unknown): boolean {
  if (typeof traits === 'number') return (traits & payloadBit) !== 0
  return typeof traits === 'object' && traits !== null && 'httpPayload' in traits
}

function convertNamed(schema: readonly unknown[]): readonly unknown[] {
  const [kind, namespace, name, traits, ...content] = schema
  const head = [kind, namespace, name, traits]
  if (!structureKinds.includes(Number(kind))) return [...head, ...content.map(convert)]
  const [names, types, ...rest] = content
  return [...head, names, Array.isArray(types) ? types.map(convert) : types, ...rest]
}

function convertType(type: number): number {
  const bare = type & typeBits
  const isText = bare === blob || (bare >= timestamps.first && bare <= timestamps.last)
  return isText ? (type & containerBits) | text : type
}
