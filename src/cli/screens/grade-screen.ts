import type { CheckResult, ExerciseResult, GradeReport } from '../../course/report.ts'
import { isPassed } from '../../course/report.ts'
import { formatDecimal, formatSeconds } from '../messages/numbers.ts'
import { hang, truncate } from '../terminal/layout.ts'
import { sanitizeLine } from '../terminal/sanitize.ts'
import { marks, type ScreenStyle } from './screen.ts'
import { type Row, tableLines } from './table.ts'

/** The result of `grade`: a row for each exercise, the total with its mark, and why some checks do not count. */
export function gradeScreen(report: GradeReport, style: ScreenStyle): string[] {
  const { grade } = style.messages
  const columns = [
    { title: grade.module },
    { title: grade.exercise },
    { title: grade.points, align: 'right' },
    { title: grade.time, align: 'right' },
    { title: '' },
  ] as const
  const rows = report.exercises.map((result, index) =>
    exerciseRow(result, report.exercises[index - 1], style),
  )
  const [header = '', ...body] = tableLines(columns, [...rows, totalRow(report, style)])
  const total = body.pop() ?? ''
  return [style.paint.dim(header), ...body, style.paint.strong(total), ...unsupportedLines(report, style)]
}

/** The course's mark, 0–100: the mean of its modules' percentages, over the modules that this target can show. */
export function courseMark(report: GradeReport): number {
  const modules = new Map<string, { earned: number; possible: number }>()
  for (const { module, earned, possible } of report.exercises) {
    const sum = modules.get(module.id) ?? { earned: 0, possible: 0 }
    modules.set(module.id, { earned: sum.earned + earned, possible: sum.possible + possible })
  }
  const percentages = [...modules.values()]
    .filter(({ possible }) => possible > 0)
    .map(({ earned, possible }) => (100 * earned) / possible)
  return percentages.length === 0
    ? 0
    : percentages.reduce((sum, value) => sum + value, 0) / percentages.length
}

function exerciseRow(result: ExerciseResult, previous: ExerciseResult | undefined, style: ScreenStyle): Row {
  const { module, exercise } = result
  const isNewModule = previous?.module.id !== module.id
  return [
    isNewModule ? truncate(`${module.id} ${module.title}`, 28) : '',
    exercise.slug,
    `${result.earned}/${result.possible}`,
    formatSeconds(result.durationMilliseconds, style.messages),
    outcome(result, style),
  ]
}

function outcome(result: ExerciseResult, { messages, paint }: ScreenStyle): string {
  const { grade } = messages
  const unsupported = countVerdict(result, 'unsupported')
  const notes = unsupported > 0 ? ` ${grade.unsupported(unsupported)}` : ''
  if (isPassed(result)) return `${paint.good(marks.good)}${paint.dim(notes)}`
  if (countVerdict(result, 'bug') > 0) return `${paint.bad(marks.bad)} ${grade.bug}`
  if (countVerdict(result, 'environment') > 0) return `${paint.bad(marks.bad)} ${grade.environment}`
  const counted = result.checks.length - unsupported
  const failed = counted - countVerdict(result, 'pass')
  if (counted === 0) return `${paint.dim(marks.open)}${paint.dim(notes)}`
  return `${paint.bad(marks.bad)} ${grade.failures(failed, counted)}${paint.dim(notes)}`
}

function totalRow(report: GradeReport, { messages }: ScreenStyle): Row {
  const earned = report.exercises.reduce((sum, result) => sum + result.earned, 0)
  const possible = report.exercises.reduce((sum, result) => sum + result.possible, 0)
  const { grade } = messages
  const mark = grade.mark(formatDecimal(courseMark(report), messages))
  return [
    grade.total,
    '',
    `${earned}/${possible}`,
    formatSeconds(report.durationMilliseconds, messages),
    mark,
  ]
}

function unsupportedLines(report: GradeReport, { messages, paint }: ScreenStyle): string[] {
  const lines = report.exercises.flatMap(({ exercise, checks }) =>
    checks.filter(isUnsupported).flatMap(({ check, finding }) => {
      const reason = finding.found === undefined ? '' : ` (${sanitizeLine(finding.found)})`
      return hang(`  ${paint.dim(marks.open)} `, `${exercise.slug}: ${sanitizeLine(check.title)}${reason}`)
    }),
  )
  return lines.length === 0
    ? []
    : ['', messages.grade.unsupportedWhy(messages.target[report.target]), ...lines]
}

function isUnsupported({ finding }: CheckResult): boolean {
  return finding.verdict === 'unsupported'
}

function countVerdict(result: ExerciseResult, verdict: string): number {
  return result.checks.filter(({ finding }) => finding.verdict === verdict).length
}
