import { join } from 'node:path'
import type { Exercise, Module } from './exercise.ts'

/** Whose file is looked at: the student's, or the reference. */
export type SourceName = 'exercises' | 'solutions'

/** An exercise with the module that it belongs to. */
export interface ExerciseOfModule {
  readonly module: Module
  readonly exercise: Exercise
}

/** What names an exercise's file. */
export interface FileOwner {
  readonly module: Pick<Module, 'folder'>
  readonly exercise: Pick<Exercise, 'slug' | 'kind'>
}

/** Where an exercise's file lies, relative to the repository, `/` separators. */
export function exercisePath(source: SourceName, { module, exercise }: FileOwner): string {
  if (exercise.kind === 'function') return `${functionFolder(source, exercise.slug)}/index.ts`
  return `${source}/${module.folder}/${exercise.slug}.ts`
}

/** Where a Lambda function's folder lies, relative to the repository, e.g. `lambdas/procesar-csv`. */
export function functionFolder(source: SourceName, slug: string): string {
  return source === 'exercises' ? `lambdas/${slug}` : `solutions/lambdas/${slug}`
}

/** Where an exercise's file lies, absolute. */
export function locateExercise(repository: string, source: SourceName, which: FileOwner): string {
  return join(repository, exercisePath(source, which))
}
