/** A word of a space-delimited line. */
export interface Word {
  /** Without the quotes or brackets that held it together. */
  readonly text: string
  /** Where it begins, quotes and brackets included; characters from 0. */
  readonly start: number
}

/** In double quotes, in brackets, or up to the next blank; the first two only where a blank or the end follows. */
const word = /"([^"]*)"(?=\s|$)|\[([^\]]*)\](?=\s|$)|(\S+)/g

/** Takes a line apart at its blanks; what stands in double quotes or in brackets is one word. */
export function splitWords(line: string): Word[] {
  return Array.from(line.matchAll(word), match => ({
    text: match[1] ?? match[2] ?? match[3] ?? '',
    start: match.index,
  }))
}
