import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { courseMisconceptions, courseModules } from '../../modules/index.ts'
import { connectionFor } from '../../src/course/account.ts'
import type { Misconception } from '../../src/course/exercise.ts'
import { type ExerciseOfModule, locateExercise } from '../../src/course/exercise-files.ts'
import { gradeExercise } from '../../src/course/grader.ts'
import type { ExerciseResult } from '../../src/course/report.ts'
import type { StudentSource } from '../../src/course/student/compile.ts'
import { startLocalCloud } from '../../src/local-cloud.ts'
import { repository } from './student-run.ts'

/** Repeats the proofs; `SEMILLA=7 npx vitest run tests/course` looks at others. */
export const seed = Number(process.env.SEMILLA ?? 20_261)

/** Every exercise of the course, with a name for a test's title. */
export const exercises: readonly (ExerciseOfModule & { readonly name: string })[] = courseModules.flatMap(
  module => module.exercises.map(exercise => ({ module, exercise, name: `${exercise.id} ${exercise.slug}` })),
)

/**
 * Right solutions of an exercise written another way; paths relative to the repository. A second solution of a function,
 * with a folder of its own, is one too.
 */
export function listAlternatives({ module, exercise }: ExerciseOfModule): string[] {
  const folder = `tests/course/alternatives/${module.folder}`
  const files = readdirSync(join(repository, folder))
    .filter(name => name.startsWith(`${exercise.slug}.`) && name.endsWith('.ts'))
    .map(name => `${folder}/${name}`)
  const functions = readdirSync(join(repository, 'solutions/lambdas'))
    .filter(name => exercise.kind === 'function' && name.startsWith(`${exercise.slug}-`))
    .map(name => `solutions/lambdas/${name}/index.ts`)
  return [...files, ...functions].sort()
}

/** The named wrong solutions of an exercise. */
export function misconceptionsOf({ exercise }: ExerciseOfModule): Misconception[] {
  return courseMisconceptions.filter(misconception => misconception.exercise === exercise.id)
}

/** The text of an exercise's reference solution. */
export function readSolution(which: ExerciseOfModule): string {
  return readFileSync(locateExercise(repository, 'solutions', which), 'utf8')
}

/** A misconception's wrong solution, in the place of the reference. */
export function applyPatch(misconception: Misconception, which: ExerciseOfModule): StudentSource {
  const text = misconception.patch.reduce((patched, { find, replace }) => {
    const parts = patched.split(find)
    if (parts.length !== 2) throw new Error(`«${find}» occurs ${parts.length - 1} times`)
    return parts.join(replace)
  }, readSolution(which))
  return { path: locateExercise(repository, 'solutions', which), text }
}

/** Grades a file as an exercise against a cloud of its own. */
export async function gradeAlone(which: ExerciseOfModule, source: StudentSource): Promise<ExerciseResult> {
  const token = 'pruebas'
  const local = await startLocalCloud({ port: 0, controlToken: token, seed, containment: 'contained' })
  const cloud = {
    endpoint: local.url,
    control: { url: `${local.url}/_taller`, token },
    close: () => local.close(),
  }
  try {
    return await gradeExercise({
      ...which,
      repository,
      source,
      functionsOf: 'solutions',
      target: 'embedded',
      cloud,
      connection: connectionFor(cloud, seed),
      seed,
    })
  } finally {
    await cloud.close()
  }
}

/** Every check of a result that did not pass, with what it found: what a failing proof should show. */
export function listFailures({ checks }: ExerciseResult): string[] {
  return checks
    .filter(({ finding }) => finding.verdict !== 'pass')
    .map(
      ({ check, finding }) =>
        `${finding.verdict} ${check.id}: esperado ${finding.expected}; encontrado ${finding.found}`,
    )
}
