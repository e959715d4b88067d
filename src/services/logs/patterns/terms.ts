import { invalidTerm } from '../errors.ts'
import { accept, type Cursor, isAtEnd, readQuoted, readWhile } from './cursor.ts'
import { readRegex } from './regex.ts'

/** Whether a message holds one term. */
type TermTest = (message: string) => boolean

interface Terms {
  readonly required: TermTest[]
  readonly optional: TermTest[]
  readonly excluded: TermTest[]
}

const word = /[\p{L}\p{N}_]+/uy
const untilBlank = /\S*/y

/**
 * Compiles a pattern of words, quoted phrases and `%expressions%`: all of them must be there, none of those after `-`.
 * Those after `?` are alternatives, and count only where there is nothing else.
 */
export function compileTerms(text: string): TermTest {
  const { required, optional, excluded } = readTerms({ text, at: 0 })
  if (required.length === 0 && excluded.length === 0) {
    return message => optional.length === 0 || optional.some(holds => holds(message))
  }
  return message => required.every(holds => holds(message)) && !excluded.some(holds => holds(message))
}

function readTerms(cursor: Cursor): Terms {
  const terms: Terms = { required: [], optional: [], excluded: [] }
  while (!isAtEnd(cursor)) {
    const kind = accept(cursor, '?') ? 'optional' : accept(cursor, '-') ? 'excluded' : 'required'
    terms[kind].push(readTerm(cursor))
  }
  return terms
}

function readTerm(cursor: Cursor): TermTest {
  const { text, at } = cursor
  if (text[at] === '"') {
    cursor.at += 1
    return phraseTest(readQuoted(cursor))
  }
  if (text[at] === '%') {
    cursor.at += 1
    const expression = readRegex(cursor)
    return message => expression.test(message)
  }
  const term = readWhile(cursor, word)
  const isWhole = /^(?:\s|$)/.test(text.slice(cursor.at))
  if (term === '' || !isWhole) throw invalidTerm(term + readWhile(cursor, untilBlank))
  return message => message.includes(term)
}

/** A phrase of blanks is AWS's way to say anything. */
function phraseTest(phrase: string): TermTest {
  if (phrase === '') throw invalidTerm('""')
  if (phrase.trim() === '') return () => true
  return message => message.includes(phrase)
}
