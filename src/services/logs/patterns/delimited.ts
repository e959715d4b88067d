import { invalidPattern } from '../errors.ts'
import { type Comparison, type OperandStyle, readComparison } from './comparison.ts'
import { accept, type Cursor, demand, isAtEnd, readWhile, skipBlanks } from './cursor.ts'
import { splitWords, type Word } from './words.ts'

/** One entry between the brackets. */
interface Field {
  /** Empty for a field without a name. */
  readonly name: string
  readonly holds: Comparison
}

/** Fields from the front, and, after an ellipsis, from the back. */
interface Layout {
  readonly front: readonly Field[]
  readonly back: readonly Field[]
  readonly hasEllipsis: boolean
}

/** What the fields of a message hold, by `$name`, or by `$position` (from 1) for those without. */
export type FieldValues = Readonly<Record<string, string>>

/** A pattern of fields, ready to be asked about messages. */
interface FieldPattern {
  matches(message: string): boolean
  /** Nothing where the message does not match. */
  extract(message: string): FieldValues
}

const fieldName = /[\p{L}_][\p{L}\p{N}_-]*/uy
const bareWord = /[^\s,"%()|&<>=!]+/y
const anything: Comparison = () => true

/**
 * Compiles what stands between the brackets of `[ip, user, ..., status = 4* || status = 5*, bytes > 100]`.
 * Without an ellipsis the last field takes the rest of the line.
 */
export function compileDelimited(text: string, onRegex: () => void): FieldPattern {
  const layout = readLayout({ text, at: 0 }, { bareWord, onRegex })
  return {
    matches: message => matchFields(layout, message) !== undefined,
    extract: message => nameValues(layout, matchFields(layout, message) ?? []),
  }
}

function readLayout(cursor: Cursor, style: OperandStyle): Layout {
  const front: Field[] = []
  const back: Field[] = []
  let hasEllipsis = false
  while (!isAtEnd(cursor)) {
    if (accept(cursor, '...')) {
      if (hasEllipsis) throw invalidPattern()
      hasEllipsis = true
    } else {
      const side = hasEllipsis ? back : front
      side.push(readField(cursor, style))
    }
    const hasComma = accept(cursor, ',')
    if (!hasComma && !isAtEnd(cursor)) throw invalidPattern()
    if (hasComma && isAtEnd(cursor)) {
      const side = hasEllipsis ? back : front
      side.push({ name: '', holds: anything })
    }
  }
  refuseRepeatedNames([...front, ...back])
  return { front, back, hasEllipsis }
}

function refuseRepeatedNames(fields: readonly Field[]): void {
  const names = fields.map(({ name }) => name).filter(name => name !== '')
  if (new Set(names).size !== names.length) throw invalidPattern()
}

/** A field's conditions all name the field itself. */
function readField(cursor: Cursor, style: OperandStyle): Field {
  skipBlanks(cursor)
  if (cursor.text[cursor.at] === ',') return { name: '', holds: anything }
  const name = peekName(cursor)
  const isBare = /^[\p{L}\p{N}_-]+\s*(?:,|$)/u.test(cursor.text.slice(cursor.at))
  if (isBare) {
    readWhile(cursor, fieldName)
    return { name, holds: anything }
  }
  return { name, holds: readAlternatives(cursor, style, name) }
}

function peekName(cursor: Cursor): string {
  const start = cursor.at
  while (accept(cursor, '(')) skipBlanks(cursor)
  const name = readWhile(cursor, fieldName)
  cursor.at = start
  if (name === '') throw invalidPattern()
  return name
}

function readAlternatives(cursor: Cursor, style: OperandStyle, name: string): Comparison {
  const tests = [readConjunction(cursor, style, name)]
  while (accept(cursor, '||')) tests.push(readConjunction(cursor, style, name))
  return value => tests.some(holds => holds(value))
}

function readConjunction(cursor: Cursor, style: OperandStyle, name: string): Comparison {
  const tests = [readUnit(cursor, style, name)]
  while (accept(cursor, '&&')) tests.push(readUnit(cursor, style, name))
  return value => tests.every(holds => holds(value))
}

function readUnit(cursor: Cursor, style: OperandStyle, name: string): Comparison {
  if (accept(cursor, '(')) {
    const holds = readAlternatives(cursor, style, name)
    demand(cursor, ')')
    return holds
  }
  skipBlanks(cursor)
  if (readWhile(cursor, fieldName).toLowerCase() !== name.toLowerCase()) throw invalidPattern()
  return readComparison(cursor, style)
}

/** The values of a message's fields, where they hold. */
function matchFields({ front, back, hasEllipsis }: Layout, message: string): readonly string[] | undefined {
  const words = splitWords(message)
  const named = front.length + back.length
  if (words.length < named) return undefined
  const values = hasEllipsis || named === 0 ? words.map(({ text }) => text) : joinRest(words, message, named)
  const tail = values.length - back.length
  const holds =
    front.every((field, index) => field.holds(values[index] ?? '')) &&
    back.every((field, index) => field.holds(values[tail + index] ?? ''))
  return holds ? values : undefined
}

function nameValues({ front, back }: Layout, values: readonly string[]): FieldValues {
  const tail = values.length - back.length
  return Object.fromEntries(
    values.map((value, index) => [`$${(front[index] ?? back[index - tail])?.name || index + 1}`, value]),
  )
}

/** The values of `count` fields of which the last takes all that is left. */
function joinRest(words: readonly Word[], message: string, count: number): string[] {
  const values = words.slice(0, count).map(({ text }) => text)
  const last = words[count - 1]
  if (words.length > count && last) values[count - 1] = message.slice(last.start).trimEnd()
  return values
}
