import type { Check } from './check.ts'

/** An exercise as its module's manifest declares it. */
export interface Exercise {
  /** e.g. `9.2.1` */
  readonly id: string
  /** e.g. `objetos`; names its file, see `kind`. */
  readonly slug: string
  /**
   * A `program`'s file is `exercises/<module folder>/<slug>.ts`; that of a Lambda `function` is
   * `lambdas/<slug>/index.ts`. A program unless told.
   */
  readonly kind?: 'program' | 'function'
  /** In Spanish. */
  readonly title: string
  /** One sentence shown when it turns green: what was learnt. */
  readonly learned: string
  /** Files of the repository that the student's program may read, e.g. `datos/ventas_ejemplo.csv`; copied into the run. */
  readonly inputs?: readonly string[]
  /** Slugs of functions whose folder, as who is graded has it, is copied into the run as `lambdas/<slug>/`. */
  readonly functions?: readonly string[]
  /** In the order in which a student should solve them. */
  readonly checks: readonly Check[]
}

/** A module as `modules/<folder>/module.ts` declares it. */
export interface Module {
  /** e.g. `9.2` */
  readonly id: string
  /** e.g. `9.2-s3-data-lake`; the folder's name in modules/, exercises/ and solutions/. */
  readonly folder: string
  /** e.g. `S3: data lake` */
  readonly title: string
  /** Points over all exercises sum to 100. */
  readonly exercises: readonly Exercise[]
}

/** A named wrong solution: a patch on the reference that its named check must be the first to refuse. */
export interface Misconception {
  /** kebab-case ASCII, e.g. `primera-pagina` */
  readonly id: string
  /** What the student believes, in Spanish. */
  readonly belief: string
  /** Exercise id, e.g. `9.2.1`. */
  readonly exercise: string
  /** Id of the check that must be the first to fail. */
  readonly caughtBy: string
  /** Replacements on the reference solution's text; `find` must occur exactly once. */
  readonly patch: readonly { readonly find: string; readonly replace: string }[]
}

/** The points of an exercise. */
export function totalPoints(exercise: Exercise): number {
  return exercise.checks.reduce((sum, check) => sum + check.points, 0)
}
