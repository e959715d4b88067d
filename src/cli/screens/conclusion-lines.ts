import { type ExerciseResult, firstFailure, type GradeReport } from '../../course/report.ts'
import { firstFailing } from '../grading/failures.ts'
import { fileInWords, listEntries, type Manifest } from '../manifest/manifest.ts'
import { screenColumns, wrapText } from '../terminal/layout.ts'
import { exerciseName } from './exercise-name.ts'
import { nextStepLine, type ScreenStyle } from './screen.ts'

/** What the end of an exercise screen is about. */
export interface ConclusionFacts {
  readonly report: GradeReport
  readonly manifest: Manifest
  /** Where to go on writing in the first failing exercise's file, 1-based, where that is known. */
  readonly line: number | undefined
}

/** What to do after a run: mend the first failure, or go on; after a pass, what was learnt. */
export function conclusionLines(facts: ConclusionFacts, style: ScreenStyle): string[] {
  const { report, manifest } = facts
  const failing = firstFailing(report)
  if (failing) return [nextStepLine(afterFailure(failing, facts, style), style)]
  const last = report.exercises.at(-1)
  if (last === undefined) return []
  if (report.source === 'solutions') return [nextStepLine(afterSolutions(report, last, style), style)]
  return [...praiseLines(last, report, style), nextStepLine(afterPass(last, manifest, style), style)]
}

/** A word of praise and what the exercise taught. */
function praiseLines(
  { exercise }: ExerciseResult,
  { seed }: GradeReport,
  { messages, paint }: ScreenStyle,
): string[] {
  const { praise } = messages.exercise
  const [first = '', ...rest] = wrapText(`${praise[seed % praise.length]} ${exercise.learned}`, screenColumns)
  return [paint.good(first), ...rest.map(paint.good)]
}

function afterFailure(
  failing: ExerciseResult,
  { report, line }: ConclusionFacts,
  { messages }: ScreenStyle,
): string {
  const { exercise } = messages
  const verdict = firstFailure(failing)?.finding.verdict
  if (verdict === 'environment') return exercise.environmentNext
  if (verdict === 'bug') return exercise.bugNext
  if (report.source === 'solutions') return exercise.bugNext
  const name = fileInWords(failing)
  return exercise.openAndSave(
    line === undefined ? name : `${name}:${line}`,
    `npm run exercise ${failing.exercise.id} watch${targetWord(report)}`,
  )
}

function afterSolutions(report: GradeReport, last: ExerciseResult, { messages }: ScreenStyle): string {
  const isOne = report.exercises.length === 1
  return messages.exercise.solutionsPass(`npm run exercise ${isOne ? last.exercise.id : last.module.id}`)
}

function afterPass(passed: ExerciseResult, manifest: Manifest, { messages }: ScreenStyle): string {
  const entries = listEntries(manifest)
  const next = entries[entries.findIndex(({ exercise }) => exercise.id === passed.exercise.id) + 1]
  if (next === undefined) return messages.exercise.allDone('npm run grade')
  return messages.exercise.nextExercise(exerciseName(next), `npm run exercise ${next.exercise.id}`)
}

/** ` localstack` where commands must say the target; ours is the default. */
function targetWord({ target }: GradeReport): string {
  return target === 'embedded' ? '' : ` ${target}`
}
