import { firstFailure, type GradeReport } from '../../course/report.ts'
import { firstFailing, isStudentsFault } from '../grading/failures.ts'
import { type ExerciseState, readProgress, updateExercise } from './progress-file.ts'

/** A level of hints, as people count them. */
export type HintLevel = 1 | 2 | 3

/** A check's hint, up to a level. */
export interface ShownHint {
  readonly checkId: string
  readonly level: HintLevel
}

/**
 * The hint level to show with a report: the first one, or the last one that the student asked for. Remembers that it was shown.
 */
export async function showFirstHint(root: string, report: GradeReport): Promise<HintLevel> {
  const failing = firstFailing(report)
  const failure = failing && firstFailure(failing)
  if (!failing || !failure || report.source !== 'exercises' || !isStudentsFault(failure.finding.verdict))
    return 1
  const { progress } = await readProgress(root)
  const level = lastHintLevel(progress.exercises[failing.exercise.id], failure.check.id) ?? 1
  await recordHint(root, failing.exercise.id, { checkId: failure.check.id, level })
  return level
}

/** The highest level shown for a check, if any was. */
export function lastHintLevel(state: ExerciseState | undefined, checkId: string): HintLevel | undefined {
  const level = state?.hints?.[checkId]
  return level === undefined ? undefined : toLevel(level)
}

/** The level after the one shown last; the first when none was. The third is the last. */
export function nextHintLevel(state: ExerciseState | undefined, checkId: string): HintLevel {
  return toLevel((lastHintLevel(state, checkId) ?? 0) + 1)
}

/** Remembers that a check's hint was shown up to a level; levels only grow. */
export async function recordHint(
  root: string,
  exerciseId: string,
  { checkId, level }: ShownHint,
): Promise<void> {
  await updateExercise(root, exerciseId, state => ({
    ...state,
    hints: { ...state.hints, [checkId]: Math.max(level, state.hints?.[checkId] ?? 0) },
  }))
}

function toLevel(level: number): HintLevel {
  if (level <= 1) return 1
  return level === 2 ? 2 : 3
}
