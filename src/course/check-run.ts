import { connect } from 'node:net'
import type { Check, Finding } from './check.ts'
import type { RunningCloud } from './cloud.ts'
import type { LabFactory } from './create-lab.ts'
import type { CheckResult } from './report.ts'
import type { ContainedStudent } from './student/student.ts'

/** What the checks of an exercise run with. */
export interface CheckRun {
  readonly student: ContainedStudent
  readonly labs: LabFactory
  readonly cloud: RunningCloud
  /** Deadline of one check. */
  readonly checkSeconds: number
  readonly onCheck: (result: CheckResult) => void
  /** Gives the run up; it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** Runs checks in order; one whose `needs` did not pass is skipped, one that this cloud cannot show is unsupported. */
export async function runChecks(checks: readonly Check[], run: CheckRun): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const check of checks) {
    run.signal?.throwIfAborted()
    const startedAt = performance.now()
    const finding = findObstacle(check, results, run) ?? (await runCheck(check, run))
    const earned = finding.verdict === 'pass' ? check.points : 0
    const durationMilliseconds = Math.round(performance.now() - startedAt)
    const result = { check, finding, earned, durationMilliseconds }
    results.push(result)
    run.onCheck(result)
  }
  return results
}

/** Why a check is not run at all, if so. */
function findObstacle(
  check: Check,
  before: readonly CheckResult[],
  { cloud }: CheckRun,
): Finding | undefined {
  if (check.requires?.includes('clock') === true && cloud.control === undefined) {
    return { verdict: 'unsupported', found: 'necesita mover el reloj, y esta nube no puede' }
  }
  for (const id of check.needs ?? []) {
    const needed = before.find(result => result.check.id === id)
    if (needed === undefined) throw new Error(`check ${check.id} needs ${id}, which does not come before it`)
    const { verdict } = needed.finding
    if (verdict === 'unsupported') return { verdict, found: `necesita «${needed.check.title}»` }
    if (verdict !== 'pass') return { verdict: 'skipped', found: `espera a «${needed.check.title}»` }
  }
  return undefined
}

/** Runs a check to its deadline; what it throws is ours or the machine's, never the student's. */
async function runCheck(check: Check, run: CheckRun): Promise<Finding> {
  const { lab, revoke } = run.labs.forCheck(check.id)
  const seconds = check.deadlineSeconds ?? run.checkSeconds
  const deadline = createDeadline(seconds)
  const abort = createAbort(run.signal)
  try {
    const first = await Promise.race([check.run(lab), deadline.reached, abort.reached])
    const finding = first ?? (await explainDeadline(run, seconds))
    return finding.verdict === 'pass' || (await isReachable(run.cloud.endpoint))
      ? finding
      : explainSilence(run)
  } catch (error) {
    run.signal?.throwIfAborted()
    if (!(await isReachable(run.cloud.endpoint))) return explainSilence(run)
    return { verdict: 'bug', found: describeBug(error) }
  } finally {
    deadline.cancel()
    abort.cancel()
    revoke()
  }
}

function createDeadline(seconds: number): { readonly reached: Promise<undefined>; cancel(): void } {
  let timer: NodeJS.Timeout | undefined
  const reached = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), seconds * 1000)
  })
  return { reached, cancel: () => clearTimeout(timer) }
}

/** Rejects when the run is given up. */
function createAbort(signal: AbortSignal | undefined): { readonly reached: Promise<never>; cancel(): void } {
  let giveUp: () => void = () => undefined
  const reached = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal?.reason)
    signal?.addEventListener('abort', giveUp, { once: true })
  })
  return { reached, cancel: () => signal?.removeEventListener('abort', giveUp) }
}

/** Time spent waiting for the student's code is theirs; any other is ours. */
async function explainDeadline({ student }: CheckRun, seconds: number): Promise<Finding> {
  const isStudents = student.isBusy()
  await student.close()
  return isStudents
    ? { verdict: 'timeout', found: `tu programa no terminó en ${seconds} s` }
    : { verdict: 'bug', found: `la comprobación no terminó en ${seconds} s` }
}

function explainSilence({ cloud }: CheckRun): Finding {
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
  const frame = error.stack?.split('\n').find(line => /[\\/](modules|src)[\\/]/.test(line))
  const what = `${error.name}: ${error.message}`
  return frame === undefined ? what : `${what} (${frame.trim()})`
}
