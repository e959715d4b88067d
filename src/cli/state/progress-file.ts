import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Verdict } from '../../course/check.ts'
import type { TargetName } from '../../course/lab.ts'

/** The last grading of one exercise: evidence for that text of the file and for no other. */
export interface GradedState {
  /** SHA-256 of the graded file, hex. */
  readonly fileHash: string
  readonly target: TargetName
  readonly seed: number
  /** ISO 8601. */
  readonly gradedAt: string
  readonly earned: number
  readonly possible: number
  readonly passed: boolean
  readonly checks: readonly { readonly id: string; readonly verdict: Verdict }[]
}

/** What is remembered of one exercise. */
export interface ExerciseState {
  readonly graded?: GradedState
  /** Highest hint level shown, by check id. */
  readonly hints?: Readonly<Record<string, number>>
  /** The solution was asked for while the exercise did not pass; the next `diff` shows it. */
  readonly diffAsked?: boolean
}

/** Everything remembered of a student's way through the course, by exercise id. */
export interface Progress {
  readonly version: 1
  readonly exercises: Readonly<Record<string, ExerciseState>>
}

/** Where progress is kept, relative to the repository. */
export const progressFile = '.taller/progreso.json'

const empty: Progress = { version: 1, exercises: {} }

/** What was read, and where an unreadable file was put aside. */
export interface ProgressReading {
  readonly progress: Progress
  readonly brokenFile?: string
}

/** Reads the progress of a repository; none yet is an empty one. A file that cannot be read is kept under another name. */
export async function readProgress(root: string): Promise<ProgressReading> {
  const path = join(root, progressFile)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return { progress: empty }
  const progress = parseProgress(text)
  if (progress) return { progress }
  const brokenFile = `${progressFile}.${Date.now()}`
  await rename(path, join(root, brokenFile))
  return { progress: empty, brokenFile }
}

/** Changes what is remembered of one exercise, on the newest state on disk; the file is replaced in one step. */
export async function updateExercise(
  root: string,
  exerciseId: string,
  change: (state: ExerciseState) => ExerciseState,
): Promise<ExerciseState> {
  const { progress } = await readProgress(root)
  const state = change(progress.exercises[exerciseId] ?? {})
  const next: Progress = { ...progress, exercises: { ...progress.exercises, [exerciseId]: state } }
  await replaceFile(join(root, progressFile), `${JSON.stringify(next, undefined, 2)}\n`)
  return state
}

async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.tmp`
  await writeFile(temporary, text)
  await rename(temporary, path)
}

function parseProgress(text: string): Progress | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return isProgress(value) ? value : undefined
}

function isProgress(value: unknown): value is Progress {
  if (!isRecord(value) || value.version !== 1 || !isRecord(value.exercises)) return false
  return Object.values(value.exercises).every(isExerciseState)
}

function isExerciseState(value: unknown): value is ExerciseState {
  if (!isRecord(value)) return false
  const { graded, hints, diffAsked } = value
  return (
    (graded === undefined || isGradedState(graded)) &&
    (hints === undefined ||
      (isRecord(hints) && Object.values(hints).every(level => typeof level === 'number'))) &&
    (diffAsked === undefined || typeof diffAsked === 'boolean')
  )
}

function isGradedState(value: unknown): value is GradedState {
  return (
    isRecord(value) &&
    typeof value.fileHash === 'string' &&
    typeof value.earned === 'number' &&
    typeof value.possible === 'number' &&
    typeof value.passed === 'boolean' &&
    Array.isArray(value.checks) &&
    value.checks.every(check => isRecord(check) && typeof check.id === 'string')
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
