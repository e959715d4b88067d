import type { GradeReport } from '../../course/report.ts'
import { firstFailing } from '../grading/failures.ts'
import { type ConclusionFacts, conclusionLines } from './conclusion-lines.ts'
import { type ExerciseScreenOptions, exerciseScreen } from './exercise-screen.ts'
import type { ScreenStyle } from './screen.ts'

/** One exercise as `watch` shows it after each run: its checks, and once it passes what was learnt and what is next. */
export function watchScreen(
  facts: ConclusionFacts,
  options: ExerciseScreenOptions,
  style: ScreenStyle,
): string[] {
  const conclusion = isWaitingForWork(facts.report) ? [] : conclusionLines(facts, style)
  return [...exerciseScreen(facts.report, options, style), ...conclusion]
}

/** What is waited for, and the keys where there are any; the last lines of every `watch` screen. */
export function waitingLines(
  { file, hasKeys }: { file: string; hasKeys: boolean },
  style: ScreenStyle,
): string[] {
  const { messages, paint } = style
  const { watch, separator } = messages
  const waiting = watch.waiting(file)
  if (!hasKeys) return ['', paint.dim(`${waiting}${separator}${watch.ctrlC}`)]
  return ['', paint.dim(waiting), paint.dim(watch.keys)]
}

/** In `watch` the next step after a failure is to save; saying so again would only take room. */
function isWaitingForWork(report: GradeReport): boolean {
  const verdict = firstFailing(report)?.checks.find(
    ({ finding }) => finding.verdict === 'bug' || finding.verdict === 'environment',
  )
  return firstFailing(report) !== undefined && verdict === undefined
}
