import { invalidPattern, invalidTerm } from '../errors.ts'
import { accept, type Cursor, readQuoted, readWhile, skipBlanks } from './cursor.ts'
import { matchesGlob, splitGlob } from './glob.ts'
import { readRegex } from './regex.ts'

/** Longest first, so that `<=` is not read as `<`. */
const operators = ['!=', '<=', '>=', '=', '<', '>'] as const

export type Operator = (typeof operators)[number]

/** Decides about one value of an event. */
export type Comparison = (value: string | number) => boolean

/** How a kind of pattern writes words without quotes, and how many regular expressions it has had. */
export interface OperandStyle {
  readonly bareWord: RegExp
  onRegex(): void
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** Reads an operator and what it compares with. */
export function readComparison(cursor: Cursor, style: OperandStyle): Comparison {
  const operator = operators.find(candidate => accept(cursor, candidate))
  if (operator === undefined) throw invalidPattern()
  skipBlanks(cursor)
  if (accept(cursor, '%')) {
    style.onRegex()
    return compareWithRegex(operator, readRegex(cursor))
  }
  if (accept(cursor, '"')) return compareWithText(operator, readQuoted(cursor))
  const word = readWhile(cursor, style.bareWord)
  if (word === '') throw invalidTerm(cursor.text.slice(cursor.at).trim())
  return decimal.test(word) ? compareWithNumber(operator, Number(word)) : compareWithText(operator, word)
}

function compareWithRegex(operator: Operator, expression: RegExp): Comparison {
  if (operator === '=') return value => expression.test(String(value))
  if (operator === '!=') return value => !expression.test(String(value))
  throw invalidPattern()
}

/** Texts are equal or not, with `*` for anything; they have no order. */
function compareWithText(operator: Operator, text: string): Comparison {
  const glob = splitGlob(text)
  if (operator === '=') return value => matchesGlob(String(value), glob)
  if (operator === '!=') return value => !matchesGlob(String(value), glob)
  throw invalidPattern()
}

/** A text that is no number differs from every number and is neither more nor less. */
function compareWithNumber(operator: Operator, number: number): Comparison {
  const holds = numericTests[operator]
  return value => {
    const own = typeof value === 'number' ? value : decimal.test(value) ? Number(value) : Number.NaN
    return holds(own, number)
  }
}

const numericTests: Readonly<Record<Operator, (left: number, right: number) => boolean>> = {
  '=': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
}
