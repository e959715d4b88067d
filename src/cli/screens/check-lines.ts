import type { Finding, Verdict } from '../../course/check.ts'
import type { CheckResult } from '../../course/report.ts'
import { hang, padRight, screenColumns, widthOf, wrapText } from '../terminal/layout.ts'
import { sanitizeLine, sanitizeText } from '../terminal/sanitize.ts'
import { marks, type ScreenStyle } from './screen.ts'

/** How a student repeats the evidence of a run. */
export interface EvidenceCommand {
  /** The whole command for the arguments of a `tryIt`, e.g. `npx awslocal --evidencia s3 ls`. */
  line(args: string): string
  /** Environment that the command needs, shown once, e.g. `AWS_ACCESS_KEY_ID=123456789012 …`. */
  readonly environment?: string
}

const evidenceIndent = 6
const labelGap = 1

/** The line (or lines, for a long title) of one check: mark, title, and at the right its points or why there are none. */
export function checkTitleLines(result: CheckResult, style: ScreenStyle): string[] {
  const { mark, paint } = checkMark(result.finding.verdict, style)
  const right = checkOutcome(result, style)
  const titleColumns = screenColumns - 4 - 2 - widthOf(right)
  const [first = '', ...rest] = wrapText(sanitizeLine(result.check.title), titleColumns)
  const isQuiet = mark === marks.open
  const titled = isQuiet ? style.paint.dim(first) : first
  return [
    `  ${paint(mark)} ${padRight(titled, titleColumns)}  ${style.paint.dim(right)}`,
    ...rest.map(line => `    ${isQuiet ? style.paint.dim(line) : line}`),
  ]
}

/** What was expected, what was found and the command that shows it, one labelled line each. */
export function evidenceLines(
  finding: Finding,
  command: EvidenceCommand | undefined,
  style: ScreenStyle,
): string[] {
  const { check } = style.messages
  const lines: string[] = []
  if (finding.verdict === 'skipped') return lines
  if (finding.expected !== undefined)
    lines.push(...labelled(check.expected, sanitizeText(finding.expected), style))
  if (finding.found !== undefined) lines.push(...labelled(check.found, sanitizeText(finding.found), style))
  // A command is never broken into lines: it is there to be copied.
  if (finding.tryIt !== undefined && command !== undefined) {
    const text = command.line(sanitizeLine(finding.tryIt))
    lines.push(`${evidenceLabel(check.tryIt, style)}${style.paint.strong(text)}`)
  }
  return lines
}

/** The line with the environment that evidence commands need. */
export function environmentLine(environment: string, style: ScreenStyle): string {
  return `${evidenceLabel(style.messages.check.account, style)}${environment}`
}

function labelled(label: string, text: string, style: ScreenStyle): string[] {
  return hang(evidenceLabel(label, style), text)
}

function evidenceLabel(label: string, { messages, paint }: ScreenStyle): string {
  const { expected, found, tryIt, account } = messages.check
  const columns = Math.max(...[expected, found, tryIt, account].map(widthOf))
  return `${' '.repeat(evidenceIndent)}${paint.dim(padRight(label, columns))}${' '.repeat(labelGap)}`
}

function checkMark(
  verdict: Verdict,
  { paint }: ScreenStyle,
): { mark: string; paint: (text: string) => string } {
  if (verdict === 'pass') return { mark: marks.good, paint: paint.good }
  if (verdict === 'skipped' || verdict === 'unsupported') return { mark: marks.open, paint: paint.dim }
  return { mark: marks.bad, paint: paint.bad }
}

function checkOutcome({ check, finding, earned }: CheckResult, { messages }: ScreenStyle): string {
  const points = `${earned}/${check.points}`
  const reasons: Partial<Record<Verdict, string>> = messages.check
  const reason = reasons[finding.verdict]
  if (reason === undefined) return points
  const isStudents = finding.verdict === 'timeout' || finding.verdict === 'crash'
  return isStudents ? `${reason}  ${points}` : reason
}
