import type { NormalizedSchema } from '@smithy/core/schema'

/** JSON types as AWS names them in its complaints. */
type TokenName = 'STRING_VALUE' | 'NUMBER_VALUE' | 'TRUE_VALUE' | 'FALSE_VALUE' | 'NULL_VALUE'

/** How members are named in a document, e.g. by their `jsonName`. */
export type MemberKey = (name: string, schema: NormalizedSchema) => string

/**
 * AWS's complaint about the first value whose JSON type is not the model's; `undefined` when all fit. Members that are
 * null are absent, elements of lists and maps must not be null unless the model says so.
 */
export function findWrongType(
  schema: NormalizedSchema,
  value: unknown,
  keyOf: MemberKey,
): string | undefined {
  if (schema.isDocumentSchema()) return undefined
  if (schema.isStructSchema()) return findInStruct(schema, value, keyOf)
  if (schema.isListSchema()) return findInList(schema, value, keyOf)
  if (schema.isMapSchema()) return findInMap(schema, value, keyOf)
  if (Array.isArray(value)) return 'Start of list found where not expected'
  if (typeof value === 'object' && value !== null) {
    return 'Start of structure or map found where not expected.'
  }
  return findInScalar(schema, value)
}

function findInStruct(schema: NormalizedSchema, value: unknown, keyOf: MemberKey): string | undefined {
  if (!isRecord(value)) return 'Unexpected field type'
  for (const [name, member] of schema.structIterator()) {
    const own = value[keyOf(name, member)]
    if (own === undefined || own === null) continue
    const complaint = findWrongType(member, own, keyOf)
    if (complaint !== undefined) return complaint
  }
  return undefined
}

function findInList(schema: NormalizedSchema, value: unknown, keyOf: MemberKey): string | undefined {
  if (!Array.isArray(value)) return 'Expected list or null'
  return findInElements(schema, value, keyOf)
}

function findInMap(schema: NormalizedSchema, value: unknown, keyOf: MemberKey): string | undefined {
  if (!isRecord(value)) return 'Expected map or null'
  return findInElements(schema, Object.values(value), keyOf)
}

function findInElements(
  schema: NormalizedSchema,
  values: readonly unknown[],
  keyOf: MemberKey,
): string | undefined {
  const element = schema.getValueSchema()
  const isSparse = schema.getMergedTraits().sparse === 1
  for (const value of values) {
    if (value === null && isSparse) continue
    const complaint = findWrongType(element, value, keyOf)
    if (complaint !== undefined) return complaint
  }
  return undefined
}

function findInScalar(schema: NormalizedSchema, value: unknown): string | undefined {
  const complain = (type: string): string => `${tokenName(value)} can not be converted to ${type}`
  if (schema.isTimestampSchema()) {
    return typeof value === 'number' || typeof value === 'string' ? undefined : complain('a Date')
  }
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? undefined : complain('a Boolean')
  if (schema.isStringSchema()) return typeof value === 'string' ? undefined : complain('a String')
  if (schema.isBlobSchema()) return typeof value === 'string' ? undefined : complain('a Blob')
  if (!schema.isNumericSchema()) return undefined
  return typeof value === 'number' || isNamedNumber(value) ? undefined : complain('a Number')
}

/** Numbers that JSON has no digits for. */
function isNamedNumber(value: unknown): boolean {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity'
}

function tokenName(value: unknown): TokenName {
  if (typeof value === 'string') return 'STRING_VALUE'
  if (typeof value === 'number') return 'NUMBER_VALUE'
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE'
  return 'NULL_VALUE'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
