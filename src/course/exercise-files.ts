import { join } from 'node:path'
import type { Exercise, Module } from './exercise.ts'

/** Whose file is looked at: the student's, or the reference. */
export type SourceName = 'exercises' | 'solutions'

/** An exercise with the module that it belongs to. */
export interface ExerciseOfModule {
  readonly module: Module
  readonly exercise: Exercise
}

/** Where an exercise's file lies, relative to the repository, `/` separators. */
export function exercisePath(source: SourceName, { module, exercise }: ExerciseOfModule): string {
  return `${source}/${module.folder}/${exercise.slug}.ts`
}

/** Where an exercise's file lies, absolute. */
export function locateExercise(repository: string, source: SourceName, which: ExerciseOfModule): string {
  return join(repository, exercisePath(source, which))
}
