import type { Check } from '../../course/check.ts'
import type { Exercise, Module } from '../../course/exercise.ts'
import { exercisePath } from '../../course/exercise-files.ts'

/** A check as the screens need it, without the code that runs it. */
export type ManifestCheck = Pick<Check, 'id' | 'title' | 'points' | 'hints'>

/** An exercise as words and screens need it; every `Exercise` is one. */
export interface ManifestExercise
  extends Pick<Exercise, 'id' | 'slug' | 'kind' | 'title' | 'learned' | 'inputs' | 'functions'> {
  readonly checks: readonly ManifestCheck[]
}

/** A module as words and screens need it; every `Module` is one. */
export interface ManifestModule extends Pick<Module, 'id' | 'folder' | 'title'> {
  readonly exercises: readonly ManifestExercise[]
}

/** What the course consists of, in its order. Data only: reading it loads no SDK. */
export type Manifest = readonly ManifestModule[]

/** An exercise with its module. */
export interface ExerciseEntry {
  readonly module: ManifestModule
  readonly exercise: ManifestExercise
}

/** What a person asked for: one exercise or a whole module. */
export type Selection =
  | ({ readonly kind: 'exercise' } & ExerciseEntry)
  | { readonly kind: 'module'; readonly module: ManifestModule }

/** Every exercise in the course's order. */
export function listEntries(manifest: Manifest): ExerciseEntry[] {
  return manifest.flatMap(module => module.exercises.map(exercise => ({ module, exercise })))
}

/** The exercises that a selection stands for; without a selection, all. */
export function entriesOf(manifest: Manifest, selection: Selection | undefined): ExerciseEntry[] {
  if (selection === undefined) return listEntries(manifest)
  if (selection.kind === 'exercise') return [{ module: selection.module, exercise: selection.exercise }]
  return listEntries([selection.module])
}

/** The student's file, relative to the repository, e.g. `exercises/9.2-s3-data-lake/objetos.ts`. */
export function exerciseFile(entry: ExerciseEntry): string {
  return exercisePath('exercises', entry)
}

/** The student's file as a sentence names it: `objetos.ts`, or with its folders where the name alone says nothing. */
export function fileInWords(entry: ExerciseEntry): string {
  return entry.exercise.kind === 'function' ? exerciseFile(entry) : `${entry.exercise.slug}.ts`
}

/** The reference solution's file, relative to the repository. */
export function solutionFile(entry: ExerciseEntry): string {
  return exercisePath('solutions', entry)
}

/** The points of an exercise over all its checks. */
export function manifestPoints(exercise: ManifestExercise): number {
  return exercise.checks.reduce((sum, check) => sum + check.points, 0)
}

/** Leaves out what only the engine needs, so that the rest can be kept as JSON. */
export function toManifest(modules: readonly Module[]): Manifest {
  return modules.map(({ id, folder, title, exercises }) => ({
    id,
    folder,
    title,
    exercises: exercises.map(exercise => ({
      id: exercise.id,
      slug: exercise.slug,
      kind: exercise.kind ?? 'program',
      title: exercise.title,
      learned: exercise.learned,
      inputs: exercise.inputs ?? [],
      functions: exercise.functions ?? [],
      checks: exercise.checks.map(({ id, title, points, hints }) => ({ id, title, points, hints })),
    })),
  }))
}
