import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isStudentsFault } from '../grading/failures.ts'
import {
  type ExerciseEntry,
  exerciseFile,
  listEntries,
  type Manifest,
  type ManifestCheck,
} from '../manifest/manifest.ts'
import type { ExerciseState, GradedState, Progress } from './progress-file.ts'

/**
 * Where a student stands with one exercise. `passed` and `failing` are about the file as it is now; once it changed, or the
 * course's checks did, the old result proves nothing any more and the standing is `changed`.
 */
export type Standing =
  | { readonly kind: 'passed' | 'failing'; readonly graded: GradedState }
  | { readonly kind: 'changed' }
  | { readonly kind: 'untouched' }

/** An exercise and where the student stands with it. */
export interface StandingEntry extends ExerciseEntry {
  readonly state: ExerciseState
  readonly standing: Standing
}

/** The standing of every exercise, in the course's order. */
export async function readStandings(
  root: string,
  manifest: Manifest,
  progress: Progress,
): Promise<StandingEntry[]> {
  return Promise.all(
    listEntries(manifest).map(async entry => {
      const state = progress.exercises[entry.exercise.id] ?? {}
      return {
        ...entry,
        state,
        standing: standingOf(state, await hashFile(join(root, exerciseFile(entry))), entry),
      }
    }),
  )
}

/** The exercise to work on next: the first whose file, as it is now, is not known to pass. */
export function nextPending<Entry extends StandingEntry>(standings: readonly Entry[]): Entry | undefined {
  return standings.find(({ standing }) => standing.kind !== 'passed')
}

/** The check that stands in the student's way, in the exercise's order, as of the last grading of this very text. */
export function firstFailedCheck({ exercise, standing }: StandingEntry): ManifestCheck | undefined {
  if (standing.kind !== 'failing') return undefined
  const failed = standing.graded.checks.find(({ verdict }) => isStudentsFault(verdict))
  return exercise.checks.find(({ id }) => id === failed?.id)
}

/** SHA-256 of a file's bytes, hex; `undefined` when there is no such file. */
export async function hashFile(path: string): Promise<string | undefined> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function standingOf(
  { graded }: ExerciseState,
  hash: string | undefined,
  { exercise }: ExerciseEntry,
): Standing {
  if (graded === undefined) return { kind: 'untouched' }
  const isSameCourse =
    graded.checks.length === exercise.checks.length &&
    exercise.checks.every((check, index) => check.id === graded.checks[index]?.id)
  if (graded.fileHash !== hash || !isSameCourse) return { kind: 'changed' }
  return { kind: graded.passed ? 'passed' : 'failing', graded }
}
