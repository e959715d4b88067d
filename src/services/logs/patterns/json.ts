import { invalidPattern } from '../errors.ts'
import { patternQuota } from '../limits.ts'
import { type OperandStyle, readComparison } from './comparison.ts'
import { accept, type Cursor, demand, isAtEnd, readWhile, skipBlanks } from './cursor.ts'
import { readSelector, type Selector, select } from './selector.ts'

/** Decides about a whole JSON event. */
type EventTest = (event: unknown) => boolean

interface Reading {
  readonly cursor: Cursor
  readonly style: OperandStyle
  wildcards: number
}

const bareWord = /[\p{L}\p{N}_.*+-]+/uy
const keyword = /[A-Za-z]+/y

/**
 * Compiles what stands between the braces of `{ $.a.b = "x*" && $.n > 3 || $.c NOT EXISTS }`; messages that are not
 * JSON as a whole do not match.
 */
export function compileJson(text: string, onRegex: () => void): (message: string) => boolean {
  const reading: Reading = { cursor: { text, at: 0 }, style: { bareWord, onRegex }, wildcards: 0 }
  const holds = readAlternatives(reading)
  if (!isAtEnd(reading.cursor) || reading.wildcards > patternQuota.wildcards) throw invalidPattern()
  return message => {
    const event = parseEvent(message)
    return event !== undefined && holds(event)
  }
}

function parseEvent(message: string): object | undefined {
  const first = /\S/.exec(message)?.[0]
  if (first !== '{' && first !== '[') return undefined
  try {
    return JSON.parse(message) as object
  } catch {
    // A line that only begins like JSON is like any other text: no JSON pattern matches it.
    return undefined
  }
}

function readAlternatives(reading: Reading): EventTest {
  const tests = [readConjunction(reading)]
  while (accept(reading.cursor, '||')) tests.push(readConjunction(reading))
  return event => tests.some(holds => holds(event))
}

function readConjunction(reading: Reading): EventTest {
  const tests = [readUnit(reading)]
  while (accept(reading.cursor, '&&')) tests.push(readUnit(reading))
  return event => tests.every(holds => holds(event))
}

function readUnit(reading: Reading): EventTest {
  if (!accept(reading.cursor, '(')) return readCondition(reading)
  const holds = readAlternatives(reading)
  demand(reading.cursor, ')')
  return holds
}

function readCondition(reading: Reading): EventTest {
  const { cursor, style } = reading
  const selector = readSelector(cursor)
  reading.wildcards += selector.wildcards
  skipBlanks(cursor)
  const word = readWhile(cursor, keyword).toUpperCase()
  if (word === 'IS') return readIs(cursor, selector)
  if (word === 'NOT') return readNotExists(cursor, selector)
  if (word !== '') throw invalidPattern()
  const holds = readComparison(cursor, style)
  return event => select(event, selector).some(value => isComparable(value) && holds(value))
}

/** Objects, arrays, null, true and false compare with nothing; neither does what is not there. */
function isComparable(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

const literals: Readonly<Record<string, boolean | null>> = { NULL: null, TRUE: true, FALSE: false }

function readIs(cursor: Cursor, selector: Selector): EventTest {
  skipBlanks(cursor)
  const literal = literals[readWhile(cursor, keyword).toUpperCase()]
  if (literal === undefined) throw invalidPattern()
  return event => select(event, selector).includes(literal)
}

function readNotExists(cursor: Cursor, selector: Selector): EventTest {
  skipBlanks(cursor)
  if (readWhile(cursor, keyword).toUpperCase() !== 'EXISTS') throw invalidPattern()
  return event => select(event, selector).length === 0
}
