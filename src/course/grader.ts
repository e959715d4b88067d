import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Check, Finding } from './check.ts'
import { runChecks } from './check-run.ts'
import type { RunningCloud } from './cloud.ts'
import { createLabFactory } from './create-lab.ts'
import { type ExerciseOfModule, exercisePath, functionFolder, type SourceName } from './exercise-files.ts'
import type { Connection, TargetName } from './lab.ts'
import { copyFunction, writeFunction } from './lambda/function-files.ts'
import { createFunctions, type FunctionRun } from './lambda/functions.ts'
import type { CheckResult, ExerciseResult } from './report.ts'
import type { StudentSource } from './student/compile.ts'
import { createOutputLog } from './student/output-log.ts'
import { type ContainedStudent, createStudent } from './student/student.ts'
import { createWorkspace, type Workspace } from './workspace.ts'

const defaultCheckSeconds = 60

/** What an exercise is graded with. */
export interface GradeExerciseOptions extends ExerciseOfModule {
  /** Absolute path of the repository. */
  readonly repository: string
  /** The file to grade: the student's, the reference, or any other written as that exercise. */
  readonly source: StudentSource
  /** Whose functions the exercise finds beside it, where it needs any. Default: the student's. */
  readonly functionsOf?: SourceName
  readonly target: TargetName
  readonly cloud: RunningCloud
  readonly connection: Connection
  readonly seed: number
  /** Deadline of one check. Default 60. */
  readonly checkSeconds?: number
  readonly onCheck?: (result: CheckResult) => void
  /** Gives the run up: it cleans up and throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Grades one file as an exercise: in a workspace of its own, against a cloud that is already there, check by check
 * in the exercise's order. Everything that the run created on this machine is gone afterwards.
 */
export async function gradeExercise(options: GradeExerciseOptions): Promise<ExerciseResult> {
  const { exercise, repository, source } = options
  if (exercise.checks.length === 0) throw new Error(`exercise ${exercise.id} has no checks`)
  const startedAt = performance.now()
  const bytes = await readSource(source)
  const output = createOutputLog()
  const workspace = await createWorkspace({ repository, inputs: exercise.inputs ?? [] })
  try {
    // What is graded is what was hashed, even if the student saves meanwhile.
    const graded = bytes === undefined ? source : { ...source, text: bytes.toString('utf8') }
    const checks = await gradeInWorkspace({ ...options, source: graded, workspace, output })
    return {
      module: options.module,
      exercise,
      file: relative(repository, source.path).split(sep).join('/'),
      fileHash: hashBytes(bytes ?? ''),
      checks,
      earned: checks.reduce((sum, { earned }) => sum + earned, 0),
      possible: checks.reduce((sum, { check, finding }) => sum + pointsThatCount(check, finding), 0),
      durationMilliseconds: Math.round(performance.now() - startedAt),
      output: output.read(),
    }
  } finally {
    workspace.remove()
  }
}

/** What identifies a file that was graded: SHA-256 of its bytes, hex. */
export function hashBytes(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The bytes to grade; `undefined` when the file is gone. */
async function readSource({ path, text }: StudentSource): Promise<Buffer | undefined> {
  if (text !== undefined) return Buffer.from(text)
  return existsSync(path) ? readFile(path) : undefined
}

function pointsThatCount(check: Check, { verdict }: Finding): number {
  return verdict === 'unsupported' ? 0 : check.points
}

interface WorkspaceGrading extends GradeExerciseOptions {
  readonly workspace: Workspace
  readonly output: ReturnType<typeof createOutputLog>
}

async function gradeInWorkspace(options: WorkspaceGrading): Promise<CheckResult[]> {
  const { exercise, cloud, checkSeconds = defaultCheckSeconds, onCheck = () => undefined, signal } = options
  await copyFunctions(options)
  const functions = createFunctions({ ...options, slug: exercise.slug, exerciseId: exercise.id })
  const student = await createGraded(options, functions)
  const { control } = cloud
  const labs = createLabFactory({
    ...options,
    exerciseId: exercise.id,
    student,
    functions,
    ...(control === undefined ? {} : { control }),
  })
  try {
    return await runChecks(exercise.checks, { student, labs, cloud, checkSeconds, onCheck, signal })
  } finally {
    await student.close()
    labs.close()
  }
}

async function copyFunctions(options: WorkspaceGrading): Promise<void> {
  const { exercise, repository, functionsOf = 'exercises', source, workspace } = options
  for (const slug of exercise.functions ?? []) {
    const folder = join(repository, functionFolder(functionsOf, slug))
    await copyFunction(folder, join(workspace.copy, functionFolder('exercises', slug)))
  }
  if (exercise.kind !== 'function') return
  await writeFunction(source, join(workspace.copy, functionFolder('exercises', exercise.slug)))
}

/** What is graded: a program in a process of its own, or a function, which the cloud runs. */
async function createGraded(options: WorkspaceGrading, functions: FunctionRun): Promise<ContainedStudent> {
  if (options.exercise.kind === 'function') return createFunctionsOnly(functions)
  const copyPath = exercisePath('exercises', options).replace(/\.ts$/, '')
  return createStudent({ ...options, copyPath })
}

function createFunctionsOnly({ isBusy }: FunctionRun): ContainedStudent {
  const refuse = async (): Promise<never> => {
    throw new Error('a function has no program to call')
  }
  return { call: refuse, probe: refuse, program: refuse, isBusy, close: async () => undefined }
}
