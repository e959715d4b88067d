import type { Claim } from '../lab.ts'
import { toPrintable } from '../student/printable.ts'
import type { FindPlace } from './source-places.ts'

/** How Lambda answered an invocation. */
export interface InvocationAnswer {
  /** `Handled` or `Unhandled`; absent when the function answered. */
  readonly functionError: string | undefined
  readonly payload: Uint8Array | undefined
  readonly durationMilliseconds: number
  readonly findPlace: FindPlace
}

/** What an answer claims: the function's value, or how it failed, in the words that a check shows. */
export function explainInvocation(answer: InvocationAnswer): Claim<unknown> {
  const { functionError, payload = new Uint8Array(), durationMilliseconds } = answer
  const text = new TextDecoder().decode(payload)
  const value = parseJson(text)
  if (functionError === undefined) {
    return value === undefined
      ? { kind: 'crash', message: `contestó algo que no es JSON: ${toPrintable(text.slice(0, 200))}` }
      : { kind: 'value', value: value.json, durationMilliseconds }
  }
  return explainError(toRecord(value?.json), answer.findPlace)
}

function parseJson(text: string): { readonly json: unknown } | undefined {
  try {
    // A function that returns nothing answers nothing.
    return { json: text === '' ? null : JSON.parse(text) }
  } catch {
    return undefined
  }
}

function explainError(error: Record<string, unknown>, findPlace: FindPlace): Claim<unknown> {
  const message = toPrintable(String(error.errorMessage ?? ''))
  const type = toPrintable(String(error.errorType ?? ''))
  const seconds = /Task timed out after ([\d.]+) seconds/.exec(message)?.[1]
  if (seconds !== undefined) return { kind: 'timeout', seconds: Number(seconds) }
  const place = placeOf(error.trace ?? error.stackTrace, findPlace)
  if (type === 'Runtime.OutOfMemory' || /signal: killed/.test(message)) {
    return { kind: 'crash', message: 'la función se quedó sin memoria' }
  }
  if (type.startsWith('Runtime.') && type !== 'Runtime.UnhandledPromiseRejection') {
    return { kind: 'crash', message: `${type}: ${message}`, ...place }
  }
  return { kind: 'error', name: type, message, ...place }
}

/** The first line of the function's own files in a trace. */
function placeOf(trace: unknown, findPlace: FindPlace): { where?: string } {
  if (!Array.isArray(trace)) return {}
  for (const line of trace) {
    const where = findPlace(String(line))
    if (where !== undefined) return { where }
  }
  return {}
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
