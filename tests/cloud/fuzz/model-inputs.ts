import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import type { Random } from '../../../src/core/random.ts'
import { requiredMembers } from '../../../src/wire/compiled-operation.ts'
import { type ServiceId, sdks } from './error-statuses.ts'
import { namedValues, strangeTexts } from './model-values.ts'

/** First element of an operation's schema in the SDK. */
const operationSchema = 9

/** What answers said, by the name of their members: ids, ARNs, tokens that later calls may name. */
export type Learned = Map<string, string[]>

/** Values that are kept of each member. */
const keptValues = 12

/** Every operation that a service's model has. */
export function operationsOf(service: ServiceId): StaticOperationSchema[] {
  const values = Object.values(sdks[service]) as unknown[]
  return values.filter(
    (value): value is StaticOperationSchema => Array.isArray(value) && value[0] === operationSchema,
  )
}

/** Makes an input that the model allows: required members always, others by chance. */
export function makeInput(
  random: Random,
  service: ServiceId,
  operation: StaticOperationSchema,
  learned: Learned,
): Record<string, unknown> {
  const maker = { random, service, learned, likelihood: random.pick([0.08, 0.2, 0.5]) }
  return makeStructure(maker, NormalizedSchema.of(operation[4]), 0)
}

/** Keeps what an answer said, for inputs to come. */
export function learn(learned: Learned, value: unknown, name = ''): void {
  if (typeof value === 'string') {
    if (value === '' || value.length > 300) return
    const known = learned.get(name) ?? []
    learned.set(name, [...known.filter(each => each !== value), value].slice(-keptValues))
  } else if (Array.isArray(value)) {
    for (const each of value.slice(0, 5)) learn(learned, each, name)
  } else if (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  ) {
    for (const [key, each] of Object.entries(value)) learn(learned, each, key.replace(/^Next(?=.)/, ''))
  }
}

interface Maker {
  readonly random: Random
  readonly service: ServiceId
  readonly learned: Learned
  /** Of a member that may be absent. */
  readonly likelihood: number
}

const maxDepth = 6

function makeStructure(maker: Maker, schema: NormalizedSchema, depth: number): Record<string, unknown> {
  const required = new Set(requiredMembers(schema))
  const members = [...schema.structIterator()]
  if (schema.isUnionSchema()) {
    const [name, member] = maker.random.pick(members)
    return { [name]: makeValue(maker, member, name, depth + 1) }
  }
  const made: Record<string, unknown> = {}
  for (const [name, member] of members) {
    const isWanted = required.has(name) ? maker.random.next() > 0.01 : maker.random.next() < maker.likelihood
    if (isWanted) made[name] = makeValue(maker, member, name, depth + 1)
  }
  return made
}

function makeValue(maker: Maker, schema: NormalizedSchema, name: string, depth: number): unknown {
  const { random } = maker
  if (schema.isStructSchema()) return depth > maxDepth ? {} : makeStructure(maker, schema, depth)
  if (schema.isListSchema()) {
    const length = depth > maxDepth ? 0 : random.pick([0, 1, 1, 1, 2, 3])
    return Array.from({ length }, () => makeValue(maker, schema.getValueSchema(), name, depth + 1))
  }
  if (schema.isMapSchema()) {
    const entries = Array.from({ length: random.integer(0, 3) }, () => [
      random.pick(['a', 'Clave', 'x-y', 'ñ', '']),
      makeValue(maker, schema.getValueSchema(), 'Value', depth + 1),
    ])
    return Object.fromEntries(entries)
  }
  return makeScalar(maker, schema, name)
}

function makeScalar(maker: Maker, schema: NormalizedSchema, name: string): unknown {
  const { random } = maker
  if (schema.isBooleanSchema()) return random.next() < 0.5
  if (schema.isNumericSchema())
    return random.pick([0, 1, 1, 2, 3, 7, 30, 100, 128, 1000, 1001, 3600, -1, 2 ** 31 - 1, 1.5, 2 ** 53])
  if (schema.isTimestampSchema())
    return new Date(random.pick([0, 1, -1, 1e9, 1.7e12, Date.now(), 4e12, 253_402_300_799_000, 8.64e15]))
  if (schema.isBlobSchema()) return Buffer.from(makeText(maker, name), 'latin1')
  return makeText(maker, name)
}

/** A text for a member of this name: what exists, what the model enumerates, what was answered before, or anything. */
function makeText({ random, service, learned }: Maker, name: string): string {
  const chance = random.next()
  const known = namedValues(service, name)
  if (known.length > 0 && chance < 0.75) return random.pick(known)
  const told = learned.get(name) ?? []
  if (told.length > 0 && chance < 0.92) return random.pick(told)
  return random.pick(strangeTexts)
}
