import { type ExerciseOfModule, exercisePath } from '../exercise-files.ts'
import { readStarter } from './derive.ts'
import { replaceFile } from './replace-file.ts'

/** What a reset left. Paths are relative to the repository. */
export interface Reset {
  readonly path: string
  /** Where the student's file is now; absent when there was none. */
  readonly backup?: string
}

/** Writes an exercise's starter again, after keeping the student's file. */
export async function resetExercise(repository: string, which: ExerciseOfModule): Promise<Reset> {
  const path = exercisePath('exercises', which)
  const text = await readStarter(repository, exercisePath('solutions', which))
  return { path, ...(await replaceFile({ repository, path, text })) }
}
