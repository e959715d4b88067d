import { type ExerciseResult, firstFailure, type GradeReport, isPassed } from '../../course/report.ts'
import { firstFailing, isStudentsFault } from '../grading/failures.ts'
import { formatSeconds } from '../messages/numbers.ts'
import type { HintLevel } from '../state/hint-level.ts'
import { justify, padLeft, padRight, screenColumns, truncate, widthOf } from '../terminal/layout.ts'
import { sanitizeLine } from '../terminal/sanitize.ts'
import { checkTitleLines, type EvidenceCommand, environmentLine, evidenceLines } from './check-lines.ts'
import { exerciseName } from './exercise-name.ts'
import { hintLines } from './hint-lines.ts'
import { outputLines } from './output-lines.ts'
import { marks, type ScreenStyle } from './screen.ts'

/** What an exercise screen shows besides the report. */
export interface ExerciseScreenOptions {
  /** Which exercises list their checks: the first that fails, or all (for solutions and for a single exercise). */
  readonly detail: 'first-failure' | 'all'
  readonly evidence: EvidenceCommand | undefined
  /** The level to show for the first failing check. */
  readonly hintLevel: HintLevel
  /** Where to go on writing in the first failing exercise's file, 1-based, where that is known. */
  readonly line: number | undefined
}

/** The result of `exercise`: the module, the first failing exercise check by check, and the others in one line each. */
export function exerciseScreen(
  report: GradeReport,
  options: ExerciseScreenOptions,
  style: ScreenStyle,
): string[] {
  const failing = firstFailing(report)
  const lines: string[] = []
  let module: string | undefined
  for (const result of report.exercises) {
    if (result.module.id !== module) lines.push(...moduleHeading(report, result, style))
    module = result.module.id
    const isDetailed = result === failing || options.detail === 'all'
    const block = isDetailed
      ? detailLines(result, { report, options, isFirstFailure: result === failing }, style)
      : [summaryLine(result, report, style)]
    if (isDetailed && lines.at(-1) !== '') lines.push('')
    lines.push(...block)
    if (isDetailed) lines.push('')
  }
  if (lines.at(-1) !== '') lines.push('')
  return [...lines, totalLine(report, style)]
}

function moduleHeading(report: GradeReport, { module }: ExerciseResult, style: ScreenStyle): string[] {
  const { messages, paint } = style
  const facts = [messages.target[report.target], messages.seed(report.seed)]
  if (report.source === 'solutions') facts.unshift(messages.solutionsSource)
  return [
    justify(paint.strong(`${module.id} ${module.title}`), paint.dim(facts.join(messages.separator))),
    '',
  ]
}

interface DetailContext {
  readonly report: GradeReport
  readonly options: ExerciseScreenOptions
  readonly isFirstFailure: boolean
}

function detailLines(result: ExerciseResult, context: DetailContext, style: ScreenStyle): string[] {
  const { report, options, isFirstFailure } = context
  const { paint } = style
  const file = isFirstFailure && options.line !== undefined ? `${result.file}:${options.line}` : result.file
  const lines = [`${pointsLine(result, report, style)}   ${paint.dim(file)}`]
  let environment = options.evidence?.environment
  for (const check of result.checks) {
    lines.push(...checkTitleLines(check, style))
    const evidence = evidenceLines(check.finding, options.evidence, style)
    if (environment !== undefined && check.finding.tryIt !== undefined && evidence.length > 0) {
      evidence.splice(-1, 0, environmentLine(environment, style))
      environment = undefined
    }
    lines.push(...evidence)
  }
  if (report.source === 'exercises' || !isPassed(result)) lines.push(...outputLines(result.output, style))
  const failure = firstFailure(result)
  const isStudents = report.source === 'exercises' && isFirstFailure
  if (isStudents && failure && isStudentsFault(failure.finding.verdict)) {
    lines.push(
      ...hintLines(
        { hints: failure.check.hints, level: options.hintLevel, exerciseId: result.exercise.id },
        style,
      ),
    )
  }
  return lines
}

/** One line for an exercise without details: its points, and what fails first where it was begun. */
function summaryLine(result: ExerciseResult, report: GradeReport, style: ScreenStyle): string {
  const line = pointsLine(result, report, style)
  const failure = firstFailure(result)
  if (failure === undefined || result.earned === 0) return line
  const reason = style.messages.exercise.failsAt(sanitizeLine(failure.check.title))
  return `${line}   ${style.paint.dim(truncate(reason, screenColumns - widthOf(line) - 3))}`
}

/** Mark, exercise and points. */
function pointsLine(result: ExerciseResult, report: GradeReport, style: ScreenStyle): string {
  const isFirst = result === firstFailing(report)
  const name = padRight(exerciseName(result), nameColumns(report))
  const points = padLeft(`${result.earned}/${result.possible}`, 6)
  return `${summaryMark(result, isFirst, style)} ${isFirst ? style.paint.strong(name) : name} ${points}`
}

function summaryMark(result: ExerciseResult, isFirstFailing: boolean, { paint }: ScreenStyle): string {
  if (isPassed(result)) return paint.good(marks.good)
  return isFirstFailing || result.earned > 0 ? paint.bad(marks.bad) : paint.dim(marks.open)
}

function nameColumns(report: GradeReport): number {
  return Math.max(18, ...report.exercises.map(result => widthOf(exerciseName(result))))
}

function totalLine(report: GradeReport, { messages, paint }: ScreenStyle): string {
  const earned = report.exercises.reduce((sum, result) => sum + result.earned, 0)
  const possible = report.exercises.reduce((sum, result) => sum + result.possible, 0)
  const parts = [
    messages.exercise.points(earned, possible),
    formatSeconds(report.durationMilliseconds, messages),
  ]
  return paint.strong(parts.join(messages.separator))
}
