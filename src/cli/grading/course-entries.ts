import { courseModules } from '../../../modules/index.ts'
import type { ExerciseOfModule } from '../../course/exercise-files.ts'
import type { ExerciseEntry } from '../manifest/manifest.ts'

/** The exercise with its checks' code, for one of the manifest. */
export function findInCourse(entry: ExerciseEntry): ExerciseOfModule {
  const module = courseModules.find(({ id }) => id === entry.module.id)
  const exercise = module?.exercises.find(({ id }) => id === entry.exercise.id)
  if (!module || !exercise)
    throw new Error(`exercise ${entry.exercise.id} is in the manifest and not in the course`)
  return { module, exercise }
}
