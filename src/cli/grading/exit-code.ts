import { type ExitCode, exitCodes } from '../../core/user-error.ts'
import { type GradeReport, isPassed } from '../../course/report.ts'

/** How a command that graded ends: our bug before the machine's fault, and both before the student's work. */
export function exitCodeOf(report: GradeReport): ExitCode {
  const verdicts = new Set(
    report.exercises.flatMap(({ checks }) => checks.map(({ finding }) => finding.verdict)),
  )
  if (verdicts.has('bug')) return exitCodes.bug
  if (verdicts.has('environment')) return exitCodes.environment
  return report.exercises.length > 0 && report.exercises.every(isPassed) ? exitCodes.passed : exitCodes.failed
}
