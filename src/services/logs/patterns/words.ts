/** A word of a space-delimited line. */
export interface Word {
  /** Without the quotes or brackets that held it together. */
  readonly text: string
  /** Where it begins, quotes and brackets included; characters from 0. */
  readonly start: number
}

/** What closes a word that these characters open. */
const closings: Readonly<Record<string, string>> = { '"': '"', '[': ']' }

/** Takes a line apart at its blanks; what stands in double quotes or in brackets is one word. */
export function splitWords(line: string): Word[] {
  const words: Word[] = []
  let at = skipBlanks(line, 0)
  while (at < line.length) {
    const closing = closings[line[at] ?? '']
    const closed = closing === undefined ? -1 : closedAt(line, at, closing)
    const end = closed === -1 ? endOfWord(line, at) : closed + 1
    words.push({ text: closed === -1 ? line.slice(at, end) : line.slice(at + 1, closed), start: at })
    at = skipBlanks(line, end)
  }
  return words
}

/** Where a word that was opened is closed; -1 where that is not right before a blank or the end. */
function closedAt(line: string, at: number, closing: string): number {
  const closed = line.indexOf(closing, at + 1)
  return closed !== -1 && (closed + 1 === line.length || isBlank(line.charCodeAt(closed + 1))) ? closed : -1
}

function skipBlanks(line: string, from: number): number {
  let at = from
  while (at < line.length && isBlank(line.charCodeAt(at))) at += 1
  return at
}

function endOfWord(line: string, from: number): number {
  let at = from
  while (at < line.length && !isBlank(line.charCodeAt(at))) at += 1
  return at
}

/** Spaces, tabs and line ends. */
function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}
