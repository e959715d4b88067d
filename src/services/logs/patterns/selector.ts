import { invalidPattern } from '../errors.ts'
import { patternQuota } from '../limits.ts'
import { accept, type Cursor, readWhile, skipBlanks } from './cursor.ts'

/** One step from a JSON value to a value in it. */
type Step =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'element'; readonly index: number }
  /** Any property or element. */
  | { readonly kind: 'any' }

/** A way from the top of a JSON event to values in it. */
export interface Selector {
  readonly steps: readonly Step[]
  readonly wildcards: number
}

const propertyName = /[\p{L}\p{N}_-]+/uy
const elementIndex = /\d{1,9}/y

/** Reads `$.a.b[0]['c.d'].*`. */
export function readSelector(cursor: Cursor): Selector {
  if (!accept(cursor, '$')) throw invalidPattern()
  const steps: Step[] = []
  for (let step = readStep(cursor); step !== undefined; step = readStep(cursor)) steps.push(step)
  const wildcards = steps.filter(({ kind }) => kind === 'any').length
  if (steps.length === 0 || wildcards > patternQuota.wildcardsOfSelector) throw invalidPattern()
  return { steps, wildcards }
}

function readStep(cursor: Cursor): Step | undefined {
  const next = cursor.text[cursor.at]
  if (next === '[') return readBracket(cursor)
  if (next !== '.') return undefined
  cursor.at += 1
  if (cursor.text[cursor.at] === '[') return readBracket(cursor)
  if (cursor.text[cursor.at] === '*') {
    cursor.at += 1
    return { kind: 'any' }
  }
  const name = readWhile(cursor, propertyName)
  if (name === '') throw invalidPattern()
  return { kind: 'property', name }
}

/** `[0]`, `[*]`, `['a.b']` or `["a.b"]`. */
function readBracket(cursor: Cursor): Step {
  cursor.at += 1
  skipBlanks(cursor)
  const step = readBracketed(cursor)
  if (!accept(cursor, ']')) throw invalidPattern()
  return step
}

function readBracketed(cursor: Cursor): Step {
  if (accept(cursor, '*')) return { kind: 'any' }
  const quote = ["'", '"'].find(candidate => accept(cursor, candidate))
  if (quote !== undefined) {
    const end = cursor.text.indexOf(quote, cursor.at)
    if (end === -1) throw invalidPattern()
    const name = cursor.text.slice(cursor.at, end)
    cursor.at = end + 1
    return { kind: 'property', name }
  }
  const digits = readWhile(cursor, elementIndex)
  if (digits === '') throw invalidPattern()
  return { kind: 'element', index: Number(digits) }
}

/** The values that a selector finds in an event; none where the way ends before. */
export function select(event: unknown, { steps }: Selector): readonly unknown[] {
  let found: unknown[] = [event]
  for (const step of steps) {
    found = found.flatMap(value => takeStep(value, step))
    if (found.length === 0) break
  }
  return found
}

function takeStep(value: unknown, step: Step): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (step.kind === 'any') return Object.values(value)
  if (Array.isArray(value)) {
    return step.kind === 'element' && step.index < value.length ? [value[step.index]] : []
  }
  if (step.kind === 'element' || !Object.hasOwn(value, step.name)) return []
  return [(value as Record<string, unknown>)[step.name]]
}
