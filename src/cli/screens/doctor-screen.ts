import { hang, padRight, widthOf } from '../terminal/layout.ts'
import { sanitizeLine } from '../terminal/sanitize.ts'
import { marks, nextStepLine, type ScreenStyle } from './screen.ts'

/** One thing that a machine has or lacks. `missing` is needed; `info` is good to know. */
export interface DoctorFinding {
  readonly state: 'good' | 'missing' | 'info'
  readonly label: string
  readonly text: string
  /** A command, or a sentence, that helps. */
  readonly remedy?: string
}

/** The result of `doctor`: a line for each thing, with what to do where something should be done. */
export function doctorScreen(findings: readonly DoctorFinding[], style: ScreenStyle): string[] {
  const { paint, messages } = style
  const columns = Math.max(...findings.map(({ label }) => widthOf(label)))
  const isComplete = findings.every(({ state }) => state !== 'missing')
  return [
    paint.strong(messages.doctor.title),
    ...findings.flatMap(finding => findingLines(finding, columns, style)),
    '',
    ...(isComplete
      ? [messages.doctor.allGood, nextStepLine(messages.doctor.start, style)]
      : [messages.doctor.somethingMissing]),
  ]
}

function findingLines(
  { state, label, text, remedy }: DoctorFinding,
  columns: number,
  style: ScreenStyle,
): string[] {
  const { paint } = style
  const mark = { good: paint.good(marks.good), missing: paint.bad(marks.bad), info: paint.dim(marks.open) }[
    state
  ]
  const lines = hang(`${mark} ${padRight(label, columns)}  `, sanitizeLine(text))
  return remedy === undefined ? lines : [...lines, `  ${' '.repeat(columns)}  ${nextStepLine(remedy, style)}`]
}
