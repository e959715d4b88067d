import { maxSinglePutBytes } from '../limits.ts'
import { againstPolicy, invalidPolicy } from './errors.ts'
import type { SizeRange } from './file-body.ts'

/** What a form is held against. */
export interface JudgedForm {
  /** By lower-case name, with `bucket`. */
  readonly fields: ReadonlyMap<string, string>
  /** Milliseconds since the epoch. */
  readonly now: number
}

type Condition =
  | { readonly kind: 'eq' | 'starts-with'; readonly field: string; readonly value: string }
  | ({ readonly kind: 'content-length-range' } & SizeRange)
  | { readonly kind: 'never'; readonly text: string }

interface Policy {
  readonly expiration: number
  readonly conditions: readonly Condition[]
}

/** Fields that no condition need name. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html */
const free = new Set(['awsaccesskeyid', 'signature', 'x-amz-signature', 'policy', 'file', 'bucket'])

/**
 * Holds a form against its policy; gives how large its file may be.
 * @throws AwsError InvalidPolicyDocument, AccessDenied
 */
export function obeyPolicy(encoded: string, { fields, now }: JudgedForm): SizeRange {
  const { expiration, conditions } = readPolicy(encoded)
  if (expiration < now) throw againstPolicy('Policy expired.')
  const named = new Set<string>()
  let range: SizeRange = { min: 0, max: maxSinglePutBytes }
  for (const condition of conditions) {
    if (condition.kind === 'content-length-range') range = condition
    else if (condition.kind === 'never') throw againstPolicy(`Policy Condition failed: ${condition.text}`)
    else {
      named.add(condition.field.toLowerCase())
      if (!holds(condition, fields.get(condition.field.toLowerCase()) ?? ''))
        throw againstPolicy(`Policy Condition failed: ${describe(condition)}`)
    }
  }
  const extra = [...fields.keys()].filter(
    name => !named.has(name) && !free.has(name) && !name.startsWith('x-ignore-'),
  )
  if (extra.length > 0) throw againstPolicy(`Extra input fields: ${extra.join(', ')}`)
  return range
}

interface FieldCondition {
  readonly kind: 'eq' | 'starts-with'
  readonly field: string
  readonly value: string
}

function holds({ kind, field, value }: FieldCondition, given: string): boolean {
  if (kind === 'eq') return given === value
  // A list of content types must begin with it one by one.
  const parts = field.toLowerCase() === 'content-type' ? given.split(',').map(part => part.trim()) : [given]
  return parts.every(part => part.startsWith(value))
}

function describe({ kind, field, value }: FieldCondition): string {
  return `[${[kind, `$${field}`, value].map(text => JSON.stringify(text)).join(', ')}]`
}

function readPolicy(encoded: string): Policy {
  const document = parse(encoded)
  const { expiration, conditions } = document
  if (typeof expiration !== 'string') throw invalidPolicy('Policy missing expiration.')
  const expires = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(expiration)
    ? Date.parse(expiration)
    : Number.NaN
  if (Number.isNaN(expires)) throw invalidPolicy(`Invalid 'expiration' value: '${expiration}'`)
  if (!Array.isArray(conditions)) throw invalidPolicy('Policy missing conditions.')
  return { expiration: expires, conditions: conditions.flatMap(readCondition) }
}

function parse(encoded: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))
    if (typeof document === 'object' && document !== null) return document as Record<string, unknown>
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
  }
  throw invalidPolicy('Invalid JSON.')
}

function readCondition(condition: unknown): Condition[] {
  if (Array.isArray(condition)) return [readList(condition)]
  const pairs = typeof condition === 'object' && condition !== null ? Object.entries(condition as object) : []
  if (pairs.length !== 1)
    throw invalidPolicy(
      'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
    )
  return pairs.map(([field, value]) => {
    if (typeof value !== 'string') throw invalidPolicy('Invalid Simple-Condition: value must be a string.')
    return { kind: 'eq', field, value }
  })
}

function readList(condition: readonly unknown[]): Condition {
  const [operator, one, other] = condition
  const kind = typeof operator === 'string' ? operator.toLowerCase() : ''
  if (condition.length !== 3) throw invalidPolicy(`Invalid ${kind} condition: expecting 3 elements.`)
  if (kind === 'content-length-range') {
    if ([one, other].some(isNoNumber)) return never(condition)
    const [min, max] = [readSize(one), readSize(other)]
    if (min > max) throw invalidPolicy('Invalid content-length-range: the minimum is over the maximum.')
    return { kind, min, max }
  }
  if (kind !== 'eq' && kind !== 'starts-with')
    throw invalidPolicy(`Invalid Condition: unknown operation '${String(operator)}'.`)
  if (typeof one === 'string' && !one.startsWith('$')) return never(condition)
  if (typeof one !== 'string' || typeof other !== 'string')
    throw invalidPolicy(`Invalid ${kind} condition: expecting a field that begins with $, and a text.`)
  return { kind, field: one.slice(1), value: other }
}

/** AWS takes these for conditions that no form fulfils, not for faults of the policy. */
function never(condition: readonly unknown[]): Condition {
  return { kind: 'never', text: `[${condition.map(part => JSON.stringify(part)).join(', ')}]` }
}

function isNoNumber(value: unknown): boolean {
  return typeof value === 'string' && !/^-?\d+$/.test(value)
}

function readSize(value: unknown): number {
  const size = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw invalidPolicy(`Invalid content-length-range: '${String(value)}' is no size.`)
  return size
}
