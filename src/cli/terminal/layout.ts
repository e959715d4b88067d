import stringWidth from 'fast-string-width'

/** Columns that a screen is laid out for; wider terminals get the same lines. */
export const screenColumns = 80

/** How many columns a text takes; colour takes none, wide characters two. */
export function widthOf(text: string): number {
  return stringWidth(text)
}

/** Fills a text with blanks on the right up to `columns`; a longer text stays whole. */
export function padRight(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)))
}

/** Fills a text with blanks on the left up to `columns`; a longer text stays whole. */
export function padLeft(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - widthOf(text))) + text
}

/** Sets `right` at the line's end, at least two columns after `left`. */
export function justify(left: string, right: string, columns = screenColumns): string {
  if (right === '') return left
  return `${left}${' '.repeat(Math.max(2, columns - widthOf(left) - widthOf(right)))}${right}`
}

/** Cuts a text that is wider than `columns` and ends it with `…`. */
export function truncate(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  return `${splitAtWidth(text, Math.max(0, columns - 1))[0]}…`
}

/** Breaks a text into lines of at most `columns`, at blanks where there are any; its own line breaks stay. */
export function wrapText(text: string, columns: number): string[] {
  return text.split('\n').flatMap(line => wrapLine(line, columns, word => chopLine(word, columns)))
}

/** The same, but a word that is wider than a line stays whole, so that an address can be clicked; for texts of our own only. */
export function wrapWords(text: string, columns: number): string[] {
  return text.split('\n').flatMap(line => wrapLine(line, columns, word => [word]))
}

/** Breaks a text into lines of at most `columns` wherever they are full; nothing is dropped. */
export function chopText(text: string, columns: number): string[] {
  return text.split('\n').flatMap(line => chopLine(line, columns))
}

/** A text whose first line follows `label` and whose other lines are indented to the same column. */
export function hang(label: string, text: string, wrap = wrapText): string[] {
  const indent = widthOf(label)
  const lines = wrap(text, screenColumns - indent)
  return lines.map((line, index) => (index === 0 ? label + line : ' '.repeat(indent) + line))
}

function wrapLine(line: string, columns: number, breakWord: (word: string) => string[]): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`
    if (widthOf(joined) <= columns) {
      current = joined
      continue
    }
    if (current !== '') lines.push(current)
    const pieces = breakWord(word)
    current = pieces.pop() ?? ''
    lines.push(...pieces)
  }
  return [...lines, current]
}

function chopLine(line: string, columns: number): string[] {
  const pieces: string[] = []
  let rest = line
  while (widthOf(rest) > columns) {
    const [piece, remainder] = splitAtWidth(rest, columns)
    pieces.push(piece)
    rest = remainder
  }
  return [...pieces, rest]
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Splits before the grapheme that would not fit any more; the first part has at least one, so that loops end. */
function splitAtWidth(text: string, columns: number): [string, string] {
  let end = 0
  let used = 0
  for (const { segment, index } of graphemes.segment(text)) {
    used += widthOf(segment)
    if (used > columns && index > 0) break
    end = index + segment.length
  }
  return [text.slice(0, end), text.slice(end)]
}
