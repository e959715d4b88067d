import type { Check, Finding, Verdict } from './check.ts'
import type { Exercise, Module } from './exercise.ts'
import type { TargetName } from './lab.ts'

/** One check's result. */
export interface CheckResult {
  readonly check: Check
  readonly finding: Finding
  readonly earned: number
  readonly durationMilliseconds: number
}

/** One exercise's result. */
export interface ExerciseResult {
  readonly module: Module
  readonly exercise: Exercise
  /** The file that was graded, relative to the repository, `/` separators. */
  readonly file: string
  /** SHA-256 of that file's text, hex. */
  readonly fileHash: string
  readonly checks: readonly CheckResult[]
  readonly earned: number
  /** Sum of points without the `unsupported` checks. */
  readonly possible: number
  readonly durationMilliseconds: number
  /** What the student's code printed, capped; `omittedBytes` says how much more there was. */
  readonly output: { readonly text: string; readonly omittedBytes: number }
}

/** A whole grading run. */
export interface GradeReport {
  readonly seed: number
  readonly target: TargetName
  /** `starter tree` or reference solutions. */
  readonly source: 'exercises' | 'solutions'
  readonly startedAt: Date
  readonly durationMilliseconds: number
  readonly exercises: readonly ExerciseResult[]
}

/** Whether every check that this target can show passed; no checks is never a pass. */
export function isPassed(result: ExerciseResult): boolean {
  return (
    result.checks.length > 0 &&
    result.possible > 0 &&
    result.checks.every(({ finding }) => finding.verdict === 'pass' || finding.verdict === 'unsupported')
  )
}

/** The first check that stands in the student's way, in the order of the exercise. */
export function firstFailure(result: ExerciseResult): CheckResult | undefined {
  return result.checks.find(({ finding }) => !isHarmless(finding.verdict))
}

function isHarmless(verdict: Verdict): boolean {
  return verdict === 'pass' || verdict === 'unsupported' || verdict === 'skipped'
}
