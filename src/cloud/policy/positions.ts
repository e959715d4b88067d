/** A place in a document's text, both counted from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Where a statement's text begins and ends. */
export interface Span {
  readonly start: Position
  readonly end: Position
}

/** Where each statement of a valid policy document stands in its text. */
export function locateStatements(text: string): readonly Span[] {
  const opening = findStatements(text)
  if (opening === -1) return []
  if (text[opening] === '{') return [spanOf(text, opening, endOf(text, opening))]
  const spans: Span[] = []
  let at = text.indexOf('{', opening)
  const end = endOf(text, opening)
  while (at !== -1 && at < end) {
    const close = endOf(text, at)
    spans.push(spanOf(text, at, close))
    at = text.indexOf('{', close)
  }
  return spans
}

/** Index of the bracket that opens the value of the document's own `Statement`. */
function findStatements(text: string): number {
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/g
  let depth = 0
  for (const found of text.matchAll(token)) {
    if (found[0] === '{' || found[0] === '[') depth += 1
    else if (found[0] === '}' || found[0] === ']') depth -= 1
    else if (depth === 1 && found[0] === '"Statement"') {
      const value = /\s*:\s*/y
      value.lastIndex = found.index + found[0].length
      if (value.test(text)) return value.lastIndex
    }
  }
  return -1
}

/** Index after the bracket that closes the one at `opening`. */
function endOf(text: string, opening: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/g
  token.lastIndex = opening
  let depth = 0
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (found[0] === '{' || found[0] === '[') depth += 1
    else if (found[0] === '}' || found[0] === ']') depth -= 1
    if (depth === 0) return found.index + 1
  }
  return text.length
}

function spanOf(text: string, start: number, end: number): Span {
  return { start: positionOf(text, start), end: positionOf(text, end) }
}

function positionOf(text: string, index: number): Position {
  const lines = text.slice(0, index).split('\n')
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}
