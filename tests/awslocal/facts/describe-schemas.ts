import { NormalizedSchema } from '@smithy/core/schema'

/** One schema of the SDK as plain data, for comparing it with botocore's model. */
export type Described =
  | { kind: 'structure'; name: string; required: number; members?: Record<string, Described> }
  | { kind: 'list' | 'map'; element: Described }
  | { kind: 'string' | 'other' }

/** Describes every operation of a client package: `{ PutObject: { input, output } }`. */
export function describeOperations(client: object): Record<string, { input: Described; output: Described }> {
  const operations: Record<string, { input: Described; output: Described }> = {}
  for (const value of Object.values(client)) {
    if (!Array.isArray(value) || value[0] !== 9) continue
    operations[String(value[2])] = {
      input: describe(NormalizedSchema.of(value[4]), []),
      output: describe(NormalizedSchema.of(value[5]), []),
    }
  }
  return operations
}

function describe(schema: NormalizedSchema, open: readonly string[]): Described {
  if (schema.isListSchema()) return { kind: 'list', element: describe(schema.getValueSchema(), open) }
  if (schema.isMapSchema()) return { kind: 'map', element: describe(schema.getValueSchema(), open) }
  if (schema.isStructSchema()) return describeStructure(schema, open)
  return { kind: schema.isStringSchema() ? 'string' : 'other' }
}

function describeStructure(schema: NormalizedSchema, open: readonly string[]): Described {
  const name = schema.getName() ?? ''
  const raw: unknown = schema.getSchema()
  const required = Array.isArray(raw) && typeof raw[6] === 'number' ? raw[6] : 0
  if (open.includes(name)) return { kind: 'structure', name, required }
  const members: Record<string, Described> = {}
  for (const [member, memberSchema] of schema.structIterator()) {
    members[member] = describe(memberSchema, [...open, name])
  }
  return { kind: 'structure', name, required, members }
}
