import { totalPoints } from '../exercise.ts'
import { type CheckResult, type ExerciseResult, type GradeReport, isPassed } from '../report.ts'

/** A grading run in the shape of exercism's test-runner interface, version 3, with the evidence of each check added. */
export interface MachineReport {
  readonly version: 3
  /** `error` when something was our fault or the machine's: the points then say nothing about the student. */
  readonly status: 'pass' | 'fail' | 'error'
  readonly seed: number
  readonly target: string
  readonly source: string
  /** ISO 8601. */
  readonly started_at: string
  readonly duration_ms: number
  readonly score: number
  /** Points that this target can show. */
  readonly max_score: number
  readonly exercises: readonly MachineExercise[]
}

/** One exercise of a machine report. */
export interface MachineExercise {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly module: string
  readonly file: string
  /** SHA-256 of the text that was graded. */
  readonly file_hash: string
  readonly status: MachineReport['status']
  readonly score: number
  readonly max_score: number
  /** Points of the exercise on a target that can show everything. */
  readonly total_points: number
  readonly duration_ms: number
  readonly output: string
  readonly omitted_output_bytes: number
  readonly tests: readonly MachineTest[]
}

/** One check of a machine report. */
export interface MachineTest {
  readonly id: string
  readonly name: string
  /** Ties the check to its exercise's text. */
  readonly task_id: string
  readonly status: MachineReport['status']
  readonly verdict: CheckResult['finding']['verdict']
  readonly score: number
  readonly max_score: number
  readonly duration_ms: number
  readonly message: string | null
  readonly expected: string | null
  readonly found: string | null
  readonly try_it: string | null
}

/** Puts a report into the shape that other programs read. */
export function toMachineReport(report: GradeReport): MachineReport {
  const { exercises } = report
  return {
    version: 3,
    status: worst(exercises.map(statusOfExercise)),
    seed: report.seed,
    target: report.target,
    source: report.source,
    started_at: report.startedAt.toISOString(),
    duration_ms: report.durationMilliseconds,
    score: exercises.reduce((sum, { earned }) => sum + earned, 0),
    max_score: exercises.reduce((sum, { possible }) => sum + possible, 0),
    exercises: exercises.map(toMachineExercise),
  }
}

/** The report as text, ready for a file. */
export function formatJson(report: GradeReport): string {
  return `${JSON.stringify(toMachineReport(report), null, 2)}\n`
}

function toMachineExercise(result: ExerciseResult): MachineExercise {
  const { exercise, module } = result
  return {
    id: exercise.id,
    slug: exercise.slug,
    title: exercise.title,
    module: module.id,
    file: result.file,
    file_hash: result.fileHash,
    status: statusOfExercise(result),
    score: result.earned,
    max_score: result.possible,
    total_points: totalPoints(exercise),
    duration_ms: result.durationMilliseconds,
    output: result.output.text,
    omitted_output_bytes: result.output.omittedBytes,
    tests: result.checks.map(check => toMachineTest(check, exercise.id)),
  }
}

function toMachineTest(result: CheckResult, exerciseId: string): MachineTest {
  const { check, finding, earned, durationMilliseconds } = result
  return {
    id: check.id,
    name: check.title,
    task_id: exerciseId,
    status: statusOfCheck(result),
    verdict: finding.verdict,
    score: earned,
    max_score: finding.verdict === 'unsupported' ? 0 : check.points,
    duration_ms: durationMilliseconds,
    message: finding.verdict === 'pass' ? null : describe(result),
    expected: finding.expected ?? null,
    found: finding.found ?? null,
    try_it: finding.tryIt ?? null,
  }
}

/** A check that did not pass in one line, e.g. `esperado: 1205 claves · encontrado: 1000`. */
export function describe({ finding }: CheckResult): string {
  const { expected, found, verdict } = finding
  const parts = [
    ...(expected === undefined ? [] : [`esperado: ${expected}`]),
    ...(found === undefined ? [] : [`encontrado: ${found}`]),
  ]
  return parts.length === 0 ? verdict : parts.join(' · ')
}

function statusOfExercise(result: ExerciseResult): MachineReport['status'] {
  return isPassed(result) ? 'pass' : worst(result.checks.map(statusOfCheck), 'fail')
}

/** `unsupported` is no failure, and `skipped` follows from one. */
function statusOfCheck({ finding }: CheckResult): MachineReport['status'] {
  switch (finding.verdict) {
    case 'pass':
    case 'unsupported':
      return 'pass'
    case 'environment':
    case 'bug':
      return 'error'
    default:
      return 'fail'
  }
}

/** No parts at all is never a pass; `atBest` is what they can be when all passed. */
function worst(
  parts: readonly MachineReport['status'][],
  atBest: MachineReport['status'] = 'pass',
): MachineReport['status'] {
  if (parts.includes('error')) return 'error'
  return parts.length === 0 || parts.includes('fail') ? 'fail' : atBest
}
