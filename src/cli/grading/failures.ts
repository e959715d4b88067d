import { basename } from 'node:path'
import type { Verdict } from '../../course/check.ts'
import { type ExerciseResult, firstFailure, type GradeReport, isPassed } from '../../course/report.ts'

/** The first exercise, in the course's order, whose checks did not all pass. */
export function firstFailing(report: GradeReport): ExerciseResult | undefined {
  return report.exercises.find(result => !isPassed(result))
}

/** Whether a verdict speaks of the student's work; only then does a hint help. */
export function isStudentsFault(verdict: Verdict): boolean {
  return verdict === 'fail' || verdict === 'timeout' || verdict === 'crash'
}

/** The line of the student's file that the first failure names, 1-based. */
export function failingLine(result: ExerciseResult): number | undefined {
  const pattern = new RegExp(`(?:^|[^\\w-])${basename(result.file, '.ts')}\\.ts:(\\d+)`)
  const line = pattern.exec(firstFailure(result)?.finding.found ?? '')?.[1]
  return line === undefined ? undefined : Number(line)
}
