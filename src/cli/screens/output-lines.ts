import type { ExerciseResult } from '../../course/report.ts'
import { formatInteger } from '../messages/numbers.ts'
import { chopText, screenColumns } from '../terminal/layout.ts'
import { sanitizeText } from '../terminal/sanitize.ts'
import type { ScreenStyle } from './screen.ts'

/** Lines of a program's output that a screen shows at most. */
const shownLines = 20

const prefix = '  │ '

/**
 * What the student's program printed, each line behind `│` and none wider than the screen, so that whatever it printed
 * cannot pass for ours; ends with a count of what was left out.
 */
export function outputLines(output: ExerciseResult['output'], style: ScreenStyle): string[] {
  const text = sanitizeText(output.text).replace(/\n+$/, '')
  if (text.trim() === '') return []
  const lines = chopText(text, screenColumns - prefix.length)
  const shown = lines.slice(0, shownLines)
  const { paint, messages } = style
  return [
    `  ${paint.dim(messages.exercise.printed)}`,
    ...shown.map(line => `${paint.dim('  │')} ${line}`),
    ...omittedLine({ lines: lines.length - shown.length, bytes: output.omittedBytes }, style),
  ]
}

function omittedLine(omitted: { lines: number; bytes: number }, { messages, paint }: ScreenStyle): string[] {
  const parts: string[] = []
  if (omitted.lines > 0) parts.push(messages.exercise.omittedLines(omitted.lines))
  if (omitted.bytes > 0) parts.push(messages.exercise.omittedBytes(formatInteger(omitted.bytes, messages)))
  return parts.length === 0 ? [] : [paint.dim(`  … ${parts.join(messages.separator)}`)]
}
