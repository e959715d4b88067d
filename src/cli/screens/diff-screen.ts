import { structuredPatch } from 'diff'
import { chopText, padRight } from '../terminal/layout.ts'
import { sanitizeLine } from '../terminal/sanitize.ts'
import type { ScreenStyle } from './screen.ts'

/** A text with the name that its column shows. */
export interface NamedText {
  readonly name: string
  readonly text: string
}

/** What is compared, and on how wide a window. */
export interface DiffFacts {
  readonly yours: NamedText
  readonly solution: NamedText
  readonly columns: number
}

/** From this width on, the two files stand side by side. */
const sideBySideColumns = 100

const contextLines = 3

/** The student's file beside the solution, or one below the other in a narrow window; no lines when they are equal. */
export function diffScreen(facts: DiffFacts, style: ScreenStyle): string[] {
  const hunks = compare(facts)
  if (hunks.length === 0) return []
  return facts.columns >= sideBySideColumns ? sideBySide(facts, hunks, style) : unified(facts, hunks, style)
}

interface Hunk {
  readonly oldStart: number
  readonly newStart: number
  /** Lines that start with ` `, `-` or `+`. */
  readonly lines: readonly string[]
}

function compare({ yours, solution }: DiffFacts): Hunk[] {
  const [old, current] = [yours.text, solution.text].map(text => text.replaceAll('\r\n', '\n'))
  const options = { context: contextLines }
  const { hunks } = structuredPatch(yours.name, solution.name, old ?? '', current ?? '', '', '', options)
  return hunks.map(hunk => ({ ...hunk, lines: hunk.lines.filter(line => !line.startsWith('\\')) }))
}

function unified({ yours, solution }: DiffFacts, hunks: readonly Hunk[], style: ScreenStyle): string[] {
  const { paint, messages } = style
  return [
    paint.bad(`- ${messages.diff.yours}: ${yours.name}`),
    paint.good(`+ ${messages.diff.solution}: ${solution.name}`),
    ...hunks.flatMap(hunk => [
      paint.dim(`@@ ${hunk.oldStart} → ${hunk.newStart}`),
      ...hunk.lines.map(line =>
        paintLine(line[0] ?? ' ', `${line[0]} ${sanitizeLine(line.slice(1))}`, style),
      ),
    ]),
  ]
}

function sideBySide(
  { yours, solution, columns }: DiffFacts,
  hunks: readonly Hunk[],
  style: ScreenStyle,
): string[] {
  const half = Math.floor((columns - 3) / 2)
  const { paint, messages } = style
  const heading: SideRow = {
    left: `${messages.diff.yours}: ${yours.name}`,
    right: `${messages.diff.solution}: ${solution.name}`,
  }
  return [
    ...rowLines(heading, half, paint.strong, paint.strong, style),
    ...hunks.flatMap(hunk => [
      paint.dim('─'.repeat(columns)),
      ...pairLines(hunk.lines).flatMap(row =>
        rowLines(row, half, leftPaint(row, style), rightPaint(row, style), style),
      ),
    ]),
  ]
}

/** A row of two columns; what has no counterpart is `undefined` on the other side. */
interface SideRow {
  readonly left: string | undefined
  readonly right: string | undefined
  readonly isChanged?: boolean
}

/** Sets each run of removed lines beside the run of added lines that follows it. */
function pairLines(lines: readonly string[]): SideRow[] {
  const rows: SideRow[] = []
  let removed: string[] = []
  let added: string[] = []
  const flush = (): void => {
    for (let index = 0; index < Math.max(removed.length, added.length); index++) {
      rows.push({ left: removed[index], right: added[index], isChanged: true })
    }
    removed = []
    added = []
  }
  for (const line of lines) {
    const text = sanitizeLine(line.slice(1))
    if (line.startsWith('-')) removed.push(text)
    else if (line.startsWith('+')) added.push(text)
    else {
      flush()
      rows.push({ left: text, right: text })
    }
  }
  flush()
  return rows
}

type PaintText = (text: string) => string

function rowLines(
  row: SideRow,
  half: number,
  paintLeft: PaintText,
  paintRight: PaintText,
  { paint }: ScreenStyle,
): string[] {
  const left = row.left === undefined ? [] : chopText(row.left, half)
  const right = row.right === undefined ? [] : chopText(row.right, half)
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const leftCell = paintLeft(padRight(left[index] ?? '', half))
    return `${leftCell} ${paint.dim(row.isChanged ? '┃' : '│')} ${paintRight(right[index] ?? '')}`.trimEnd()
  })
}

function leftPaint(row: SideRow, { paint }: ScreenStyle): PaintText {
  return row.isChanged ? paint.bad : paint.dim
}

function rightPaint(row: SideRow, { paint }: ScreenStyle): PaintText {
  return row.isChanged ? paint.good : paint.dim
}

function paintLine(sign: string, line: string, { paint }: ScreenStyle): string {
  if (sign === '-') return paint.bad(line)
  return sign === '+' ? paint.good(line) : paint.dim(line)
}
