import { randomUUID } from 'node:crypto'

/**
 * A number that must be printed as the AWS CLI does and JavaScript would not: `1700000000.0`, or more digits than a double
 * holds. It counts as a number for queries.
 */
export class WireNumber extends Number {
  readonly text: string

  constructor(literal: string) {
    super(literal)
    this.text = /^-?\d+$/.test(literal) ? literal : formatFloat(Number(literal))
  }
}

/** True for numbers that carry their own text. */
export function isWireNumber(value: unknown): value is WireNumber {
  return value instanceof WireNumber
}

/** Marks texts that stand for numbers; nobody else can know it, so no data can pretend. */
const mark = `${randomUUID()}:`
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** Rewrites a JSON text so that numbers which parsing would change survive it as texts; `restoreNumbers` gives them back. */
export function protectNumbers(json: string): string {
  return json.replace(token, found => (isSafe(found) ? found : `"${mark}${found}"`))
}

/** The number that a protected text stands for, or the text itself. */
export function restoreNumber(text: string): string | WireNumber {
  return text.startsWith(mark) ? new WireNumber(text.slice(mark.length)) : text
}

function isSafe(found: string): boolean {
  if (found.startsWith('"')) return true
  return !/[.eE]/.test(found) && Number.isSafeInteger(Number(found))
}

/** A floating-point number in Python's shortest form: `1700000000.0`, `1e-07`, `1e+16`. */
function formatFloat(number: number): string {
  if (number === 0) return Object.is(number, -0) ? '-0.0' : '0.0'
  const [mantissa = '', exponentText = '0'] = number.toExponential().split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? '-' : '+'
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const plain = String(number)
  return plain.includes('.') ? plain : `${plain}.0`
}
