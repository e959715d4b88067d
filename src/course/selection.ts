import { exitCodes, UserError } from '../core/user-error.ts'
import type { Module } from './exercise.ts'
import { type ExerciseOfModule, exercisePath } from './exercise-files.ts'

/** Every exercise of the course, in order. */
export function allExercises(modules: readonly Module[]): ExerciseOfModule[] {
  return modules.flatMap(module => module.exercises.map(exercise => ({ module, exercise })))
}

/**
 * Finds the exercises that a word means: a module (`9.2`, `09.02`, `9.2-s3-data-lake`), an exercise (`9.2.3`,
 * `data-lake`), or an exercise's file (`exercises/9.2-s3-data-lake/objetos.ts`, `objetos.ts`).
 * @throws UserError `unknown-exercise` with what was meant perhaps.
 */
export function selectExercises(word: string, modules: readonly Module[]): ExerciseOfModule[] {
  const wanted = normalise(word)
  const exercises = allExercises(modules)
  const chosen = exercises.filter(which => namesOfExercise(which).includes(wanted))
  if (chosen.length > 0) return chosen
  const inModule = exercises.filter(({ module }) => namesOfModule(module).includes(wanted))
  if (inModule.length > 0) return inModule
  throw unknownExercise(word, suggestNames(wanted, modules))
}

/** The names most like a word, nearest first, at most three; none when all are far. */
export function suggestNames(word: string, modules: readonly Module[]): string[] {
  const names = modules.flatMap(module => [
    module.id,
    ...module.exercises.flatMap(({ id, slug }) => [id, slug]),
    module.folder,
  ])
  return suggest(normalise(word), names)
}

/** The candidates most like a word by edit distance, nearest first, at most three; none when all are far. */
export function suggest(word: string, candidates: readonly string[]): string[] {
  const maximumDistance = Math.max(1, Math.floor(word.length / 3))
  return candidates
    .map(name => ({ name, distance: editDistance(word, name) }))
    .filter(({ distance }) => distance <= maximumDistance)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map(({ name }) => name)
}

function namesOfExercise(which: ExerciseOfModule): string[] {
  const { id, slug } = which.exercise
  return [id, slug, `${slug}.ts`, `${which.module.folder}/${slug}`, exercisePath('exercises', which)]
}

function namesOfModule({ id, folder }: Module): string[] {
  return [id, folder, `exercises/${folder}`, `modules/${folder}`]
}

/** `09.02` is `9.2`; case, a leading `./`, a trailing `/` and Windows separators do not matter. */
function normalise(word: string): string {
  const plain = word.trim().toLowerCase().replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/+$/, '')
  if (!/^\d+(\.\d+)*\.?$/.test(plain)) return plain
  return plain.replace(/\.$/, '').split('.').map(Number).join('.')
}

function unknownExercise(word: string, names: readonly string[]): UserError {
  const perhaps = names.length === 0 ? '' : ` ¿Querías decir ${names.join(' o ')}?`
  return new UserError({
    code: 'unknown-exercise',
    message: `No hay ningún ejercicio «${word}».${perhaps}`,
    nextStep: names.length === 0 ? 'npm run progress' : `npm run exercise ${names[0]}`,
    exitCode: exitCodes.usage,
  })
}

/** How many letters must be inserted, removed, changed or swapped with a neighbour to make one word of the other. */
function editDistance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)]
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    rows.push(current)
    for (let column = 1; column <= other.length; column++) {
      const change = one[row - 1] === other[column - 1] ? 0 : 1
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      current[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + change,
        isSwap ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
  }
  return at(one.length, other.length)
}
