import { invalidPattern } from '../errors.ts'

/** A place in a pattern that is being read. */
export interface Cursor {
  readonly text: string
  at: number
}

/** Whether nothing but blanks is left; the blanks are passed. */
export function isAtEnd(cursor: Cursor): boolean {
  skipBlanks(cursor)
  return cursor.at >= cursor.text.length
}

/** Passes blanks, tabs and line ends. */
export function skipBlanks(cursor: Cursor): void {
  while (/\s/.test(cursor.text[cursor.at] ?? '')) cursor.at += 1
}

/** Passes blanks and then `token` where it comes next; says whether it did. */
export function accept(cursor: Cursor, token: string): boolean {
  skipBlanks(cursor)
  if (!cursor.text.startsWith(token, cursor.at)) return false
  cursor.at += token.length
  return true
}

/** As `accept`, but a pattern without the token is invalid. */
export function demand(cursor: Cursor, token: string): void {
  if (!accept(cursor, token)) throw invalidPattern()
}

/** Reads what a sticky expression matches here; empty where it does not. */
export function readWhile(cursor: Cursor, expression: RegExp): string {
  expression.lastIndex = cursor.at
  const found = expression.exec(cursor.text)?.[0] ?? ''
  cursor.at += found.length
  return found
}

/** Reads a text up to its closing double quote, the opening one has been passed; `\"` and `\\` stand for themselves. */
export function readQuoted(cursor: Cursor): string {
  let text = ''
  for (; cursor.at < cursor.text.length; cursor.at += 1) {
    const character = cursor.text[cursor.at] ?? ''
    const next = cursor.text[cursor.at + 1] ?? ''
    if (character === '"') {
      cursor.at += 1
      return text
    }
    const isEscape = character === '\\' && (next === '"' || next === '\\')
    text += isEscape ? next : character
    if (isEscape) cursor.at += 1
  }
  throw invalidPattern()
}
