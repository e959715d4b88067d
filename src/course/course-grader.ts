import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { UserError } from '../core/user-error.ts'
import { connectionFor } from './account.ts'
import type { Finding } from './check.ts'
import type { RunningCloud, StartCloud } from './cloud.ts'
import { type ExerciseOfModule, exercisePath, locateExercise, type SourceName } from './exercise-files.ts'
import { gradeExercise, hashBytes } from './grader.ts'
import type { TargetName } from './lab.ts'
import { removeLeftovers } from './leftovers.ts'
import type { CheckResult, ExerciseResult, GradeReport } from './report.ts'
import { isPassed } from './report.ts'

const defaultConcurrency = 2

/** What happens during a grading run, for a live line. */
export type GradeProgress =
  | { readonly kind: 'started'; readonly which: ExerciseOfModule }
  | {
      readonly kind: 'checked'
      readonly which: ExerciseOfModule
      readonly result: CheckResult
      readonly done: number
      readonly total: number
    }
  | { readonly kind: 'finished'; readonly which: ExerciseOfModule; readonly result: ExerciseResult }

/** What a grading run is made of. */
export interface GradeCourseOptions {
  /** Absolute path of the repository. */
  readonly repository: string
  /** What to grade, in the order of the report. */
  readonly selection: readonly ExerciseOfModule[]
  readonly source: SourceName
  readonly target: TargetName
  /** Repeats the run: inputs, names and account follow from it. */
  readonly seed: number
  /** Called once per exercise, so that no exercise sees what another left. */
  readonly startCloud: StartCloud
  readonly onProgress?: (progress: GradeProgress) => void
  /** Exercises at a time. Default 2. */
  readonly concurrency?: number
  /** Where to keep what was in the cloud of an exercise that did not pass, one folder each. */
  readonly evidenceFolder?: string
  /** Gives the whole run up: it cleans up and throws the signal's reason. */
  readonly signal?: AbortSignal
}

/** Picks a seed that is short enough to type. */
export function chooseSeed(): number {
  return randomInt(10_000, 100_000)
}

/**
 * Grades exercises, each against a fresh cloud; one that breaks the grader does not stop the others.
 * @throws UserError when no cloud can be had.
 */
export async function gradeCourse(options: GradeCourseOptions): Promise<GradeReport> {
  const { selection, source, target, seed, concurrency = defaultConcurrency } = options
  if (selection.length === 0) throw new Error('nothing to grade')
  removeLeftovers()
  const startedAt = new Date()
  const started = performance.now()
  const exercises = await mapConcurrently(selection, concurrency, which => gradeOne(which, options))
  const durationMilliseconds = Math.round(performance.now() - started)
  return { seed, target, source, startedAt, durationMilliseconds, exercises }
}

async function gradeOne(which: ExerciseOfModule, options: GradeCourseOptions): Promise<ExerciseResult> {
  const { startCloud, onProgress } = options
  onProgress?.({ kind: 'started', which })
  const cloud = await startCloud()
  try {
    const result = await gradeOrExplain(which, cloud, options)
    await keepEvidence(result, cloud, options)
    onProgress?.({ kind: 'finished', which, result })
    return result
  } finally {
    await cloud.close()
  }
}

async function gradeOrExplain(
  which: ExerciseOfModule,
  cloud: RunningCloud,
  options: GradeCourseOptions,
): Promise<ExerciseResult> {
  const { repository, source, target, seed, onProgress } = options
  let done = 0
  const total = which.exercise.checks.length
  try {
    return await gradeExercise({
      ...which,
      repository,
      source: { path: locateExercise(repository, source, which) },
      functionsOf: source,
      target,
      cloud,
      connection: connectionFor(cloud, seed),
      seed,
      signal: options.signal,
      onCheck: result => onProgress?.({ kind: 'checked', which, result, done: ++done, total }),
    })
  } catch (error) {
    if (error instanceof UserError) throw error
    options.signal?.throwIfAborted()
    return explainBrokenGrader(which, source, error)
  }
}

/** The grader itself failed: every check says so, and the exercise cannot pass. */
function explainBrokenGrader(which: ExerciseOfModule, source: SourceName, error: unknown): ExerciseResult {
  const finding: Finding = {
    verdict: 'bug',
    found: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  }
  const { checks } = which.exercise
  return {
    ...which,
    file: exercisePath(source, which),
    fileHash: hashBytes(''),
    checks: checks.map(check => ({ check, finding, earned: 0, durationMilliseconds: 0 })),
    earned: 0,
    possible: checks.reduce((sum, { points }) => sum + points, 0),
    durationMilliseconds: 0,
    output: { text: '', omittedBytes: 0 },
  }
}

async function keepEvidence(
  result: ExerciseResult,
  cloud: RunningCloud,
  { evidenceFolder }: GradeCourseOptions,
): Promise<void> {
  if (evidenceFolder === undefined || isPassed(result)) return
  await cloud.saveSnapshot?.(join(evidenceFolder, result.exercise.id))
}

/** Like `Promise.all` over `map`, at most `limit` at a time; after a failure nothing new is begun. */
async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>()
  const queue = items.entries()
  let failed = false
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failed) return
      try {
        results.set(index, await work(item))
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const workers = Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, worker)
  const outcomes = await Promise.allSettled(workers)
  const failure = outcomes.find(outcome => outcome.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  return items.map((_, index) => results.get(index) as Result)
}
