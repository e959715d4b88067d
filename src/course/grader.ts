import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { relative, sep } from 'node:path'
import type { Check, Finding } from './check.ts'
import type { RunningCloud } from './cloud.ts'
import { createLabFactory, type LabFactory } from './create-lab.ts'
import { type ExerciseOfModule, exercisePath } from './exercise-files.ts'
import type { Connection, TargetName } from './lab.ts'
import type { CheckResult, ExerciseResult } from './report.ts'
import type { StudentSource } from './student/compile.ts'
import { createOutputLog } from './student/output-log.ts'
import { type ContainedStudent, createStudent } from './student/student.ts'
import { createWorkspace } from './workspace.ts'

const defaultCheckSeconds = 60

/** What an exercise is graded with. */
export interface GradeExerciseOptions extends ExerciseOfModule {
  /** Absolute path of the repository. */
  readonly repository: string
  readonly source: StudentSource
  readonly target: TargetName
  readonly cloud: RunningCloud
  readonly connection: Connection
  readonly seed: number
  /** Deadline of one check. Default 60. */
  readonly checkSeconds?: number
  readonly onCheck?: (result: CheckResult) => void
}

/**
 * Grades one file as an exercise: in a workspace of its own, against a cloud that is already there, check by check
 * in the exercise's order. Everything that the run created on this machine is gone afterwards.
 */
export async function gradeExercise(options: GradeExerciseOptions): Promise<ExerciseResult> {
  const { module, exercise, repository, source, cloud, connection, target, seed } = options
  if (exercise.checks.length === 0) throw new Error(`exercise ${exercise.id} has no checks`)
  const startedAt = Date.now()
  const text = source.text ?? (await readFile(source.path, 'utf8'))
  const output = createOutputLog()
  const workspace = await createWorkspace({ repository, inputs: exercise.inputs ?? [] })
  try {
    const copyPath = exercisePath('exercises', options).replace(/\.ts$/, '')
    const student = await createStudent({
      source: { ...source, text },
      copyPath,
      workspace,
      connection,
      output,
    })
    const { control } = cloud
    const labs = createLabFactory({
      exerciseId: exercise.id,
      seed,
      target,
      connection,
      student,
      workspace,
      ...(control === undefined ? {} : { control }),
    })
    try {
      const checks = await runChecks({ ...options, student, labs })
      return {
        module,
        exercise,
        file: relative(repository, source.path).split(sep).join('/'),
        fileHash: createHash('sha256').update(text).digest('hex'),
        checks,
        earned: checks.reduce((sum, { earned }) => sum + earned, 0),
        possible: checks.reduce((sum, { check, finding }) => sum + pointsThatCount(check, finding), 0),
        durationMilliseconds: Date.now() - startedAt,
        output: output.read(),
      }
    } finally {
      student.close()
      labs.close()
    }
  } finally {
    workspace.remove()
  }
}

function pointsThatCount(check: Check, { verdict }: Finding): number {
  return verdict === 'unsupported' ? 0 : check.points
}

interface CheckRun extends GradeExerciseOptions {
  readonly student: ContainedStudent
  readonly labs: LabFactory
}

async function runChecks(run: CheckRun): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const check of run.exercise.checks) {
    const startedAt = Date.now()
    const finding = hinderedBy(check, results, run) ?? (await runCheck(check, run))
    const earned = finding.verdict === 'pass' ? check.points : 0
    const result = { check, finding, earned, durationMilliseconds: Date.now() - startedAt }
    results.push(result)
    run.onCheck?.(result)
  }
  return results
}

/** Why a check is not run at all, if so. */
function hinderedBy(check: Check, before: readonly CheckResult[], { cloud }: CheckRun): Finding | undefined {
  if (check.requires?.includes('clock') === true && cloud.control === undefined) {
    return { verdict: 'unsupported', found: 'necesita mover el reloj, y esta nube no puede' }
  }
  for (const id of check.needs ?? []) {
    const needed = before.find(result => result.check.id === id)
    if (needed === undefined) throw new Error(`check ${check.id} needs ${id}, which does not come before it`)
    if (needed.finding.verdict === 'unsupported')
      return { verdict: 'unsupported', found: `necesita «${needed.check.title}»` }
    if (needed.finding.verdict !== 'pass')
      return { verdict: 'skipped', found: `espera a «${needed.check.title}»` }
  }
  return undefined
}

/** Runs a check to its deadline; what it throws is ours or the machine's, never the student's. */
async function runCheck(check: Check, run: CheckRun): Promise<Finding> {
  const seconds = run.checkSeconds ?? defaultCheckSeconds
  const deadline = createDeadline(seconds)
  try {
    const finding = await Promise.race([check.run(run.labs.forCheck(check.id)), deadline.reached])
    if (finding === undefined) return explainDeadline(seconds, run)
    return finding.verdict === 'pass' || (await isReachable(run.cloud.endpoint)) ? finding : unreachable(run)
  } catch (error) {
    if (!(await isReachable(run.cloud.endpoint))) return unreachable(run)
    return { verdict: 'bug', found: describeBug(error) }
  } finally {
    deadline.cancel()
  }
}

function createDeadline(seconds: number): { readonly reached: Promise<undefined>; cancel(): void } {
  let timer: NodeJS.Timeout | undefined
  const reached = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), seconds * 1000)
  })
  return { reached, cancel: () => clearTimeout(timer) }
}

/** Time spent waiting for the student's code is theirs; any other is ours. */
function explainDeadline(seconds: number, { student }: CheckRun): Finding {
  const isStudents = student.isBusy()
  student.close()
  return isStudents
    ? { verdict: 'timeout', found: `tu programa no terminó en ${seconds} s` }
    : { verdict: 'bug', found: `la comprobación no terminó en ${seconds} s` }
}

function unreachable({ cloud }: CheckRun): Finding {
  return { verdict: 'environment', found: `no hay una nube que responda en ${cloud.endpoint}` }
}

/** Whether something still listens where the cloud was. */
async function isReachable(endpoint: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(endpoint)
  const timeoutMilliseconds = 2000
  return new Promise(resolve => {
    const socket = connect({ host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) })
    const answer = (isThere: boolean): void => {
      socket.destroy()
      resolve(isThere)
    }
    socket.setTimeout(timeoutMilliseconds, () => answer(false))
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })
}

function describeBug(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const frame = error.stack?.split('\n').find(line => /\/(modules|src)\//.test(line))
  return frame === undefined
    ? `${error.name}: ${error.message}`
    : `${error.name}: ${error.message} (${frame.trim()})`
}
