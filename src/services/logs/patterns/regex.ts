import { invalidPattern, invalidTerm } from '../errors.ts'
import type { Cursor } from './cursor.ts'

/** What may stand in a regular expression; parentheses, multi-byte characters and other symbols may not. */
const plain = /^[A-Za-z0-9 :_#=@/;,^$?|*+.-]$/
const escaped = /^(?:[dDsSwW:_#=@/;,^$?[\]{}|\\*+.-]|x[0-9A-Fa-f]{2})/
const repetition = /^\{\s*(\d*)\s*(?:(,)\s*(\d*)\s*)?\}/

/** The end of a text as AWS sees it: a line end may still follow, as it does in each line that a function prints. */
const endOfText = '(?=\\n?(?![\\s\\S]))'

/**
 * Reads a regular expression up to its closing `%`; the opening one has been passed.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#regex-expressions
 */
export function readRegex(cursor: Cursor): RegExp {
  const start = cursor.at
  let source = ''
  let isInClass = false
  for (;;) {
    const rest = cursor.text.slice(cursor.at)
    const character = rest[0]
    if (character === undefined) throw invalidPattern()
    if (character === '%') break
    const piece = readPiece(rest, isInClass)
    if (piece === undefined) throw invalidTerm(termAround(cursor.text, start))
    if (character === '[') isInClass = true
    if (character === ']') isInClass = false
    source += piece.source
    cursor.at += piece.length
  }
  cursor.at += 1
  if (source === '') throw invalidPattern()
  return compile(source)
}

function readPiece(rest: string, isInClass: boolean): { source: string; length: number } | undefined {
  const character = rest[0] ?? ''
  if (character === '\\') {
    const match = escaped.exec(rest.slice(1))
    return match ? { source: `\\${match[0]}`, length: 1 + match[0].length } : undefined
  }
  if (character === '{' && !isInClass) return readRepetition(rest)
  if (character === '$' && !isInClass) return { source: endOfText, length: 1 }
  const isAllowed =
    plain.test(character) || '[]'.includes(character) || (isInClass && '{}'.includes(character))
  return isAllowed ? { source: character, length: 1 } : undefined
}

/** `{m}`, `{m,}`, `{,n}` or `{m, n}`. */
function readRepetition(rest: string): { source: string; length: number } | undefined {
  const match = repetition.exec(rest)
  if (!match) return undefined
  const [whole, least = '', comma, most = ''] = match
  if (comma === undefined && least === '') return undefined
  const bounds = comma === undefined ? least : `${least === '' ? '0' : least},${most}`
  return { source: `{${bounds}}`, length: whole.length }
}

function compile(source: string): RegExp {
  try {
    return new RegExp(source)
  } catch (cause) {
    if (cause instanceof SyntaxError) throw invalidPattern()
    throw cause
  }
}

function termAround(text: string, start: number): string {
  const end = text.indexOf('%', start)
  return text.slice(start - 1, end === -1 ? undefined : end + 1)
}
