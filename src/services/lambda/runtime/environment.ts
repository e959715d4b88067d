import type { Platform } from '../../../cloud/live-part.ts'
import type { SessionCredentials } from '../../../cloud/session-credentials.ts'
import { EnvironmentLog } from './environment-log.ts'
import { timeoutText } from './failures.ts'
import { FunctionProcess } from './function-process.ts'
import { invocationHeaders } from './invocation-headers.ts'
import { isOwnBootstrap, planLaunch } from './launch.ts'
import type { Lifeline } from './lifeline.ts'
import { initializationMilliseconds } from './limits.ts'
import { type CallOutcome, explainEvent, explainInit, explainProblem } from './outcome.ts'
import type { CodePlace, Places } from './places.ts'
import { findRuntimeProblem } from './problems.ts'
import type { ProcessEvent } from './process-turn.ts'
import { createSystemLines, type InitReport, type SystemLines } from './report.ts'
import type { Deployment, Invocation, InvocationResult } from './runtime.ts'
import type { createRuntimeApi } from './runtime-api.ts'
import type { SandboxPlan } from './sandbox.ts'
import { createVariables, issueRoleCredentials } from './variables.ts'

/** What environments share. */
export interface EnvironmentParts {
  readonly platform: Platform
  readonly places: Places
  readonly api: ReturnType<typeof createRuntimeApi>
  readonly lifeline: Lifeline
}

/** Told when an environment can take a call, and when it never will again. */
export interface EnvironmentListener {
  onReady(environment: Environment): void
  onEnded(environment: Environment): void
}

/** Credentials that last less than this are not good for another call, in milliseconds: the longest call and a margin. */
const freshMilliseconds = 20 * 60_000

/** One execution environment: a process, its folder and its log stream. Takes one call at a time. */
export class Environment {
  readonly #deployment: Deployment
  readonly #parts: EnvironmentParts
  readonly #listener: EnvironmentListener
  readonly #log: EnvironmentLog
  readonly #lines: SystemLines
  readonly #credentials: SessionCredentials
  #preparing: Promise<void> | undefined
  #code: CodePlace | undefined
  #temporary: string | undefined
  #process: FunctionProcess | undefined
  /** Why its function cannot be run on this machine at all. */
  #problem: string | undefined
  /** Told by the first call's REPORT. */
  #initMilliseconds: number | undefined
  #phase: 'starting' | 'ready' | 'running' | 'settling' = 'starting'
  #isClosed = false
  #settleTimer: NodeJS.Timeout | undefined

  constructor(deployment: Deployment, parts: EnvironmentParts, listener: EnvironmentListener) {
    this.#deployment = deployment
    this.#parts = parts
    this.#listener = listener
    this.#log = new EnvironmentLog(parts.platform, deployment)
    this.#lines = createSystemLines(deployment, () => parts.platform.clock.now())
    this.#credentials = issueRoleCredentials(deployment, parts.platform)
  }

  /** Whether its credentials last for another call. */
  get isFresh(): boolean {
    return this.#credentials.Expiration.getTime() - freshMilliseconds > this.#parts.platform.clock.now()
  }

  /** Whether it has answered and does not yet ask for another call. */
  get isSettling(): boolean {
    return this.#phase === 'settling'
  }

  /** Prepares folders and process. One that fails is tried again in the first call, as on AWS. */
  async start(): Promise<void> {
    this.#preparing = this.#prepare()
    try {
      await this.#preparing
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error)
    }
    if (this.#isClosed) return
    if (this.#problem === undefined) await this.#initialize()
    this.#becomeReady()
  }

  /** Runs a call; the environment must be ready. */
  async run(invocation: Invocation): Promise<InvocationResult> {
    const startedAt = performance.now()
    this.#phase = 'running'
    this.#log.beginCall()
    this.#write(this.#lines.start(invocation.requestId))
    const outcome = await this.#perform(invocation, startedAt)
    // What the process wrote before it answered is read in this turn of the event loop.
    await new Promise(setImmediate)
    const durationMilliseconds = this.#durationSince(startedAt, outcome)
    const logTail = this.#finishLog(invocation, outcome, durationMilliseconds)
    this.#settle(startedAt, outcome)
    return {
      payload: outcome.payload,
      ...(outcome.isFailure && { functionError: 'Unhandled' as const }),
      logTail,
      durationMilliseconds,
    }
  }

  /** Ends it as if it had never been: what it still had to say goes nowhere. */
  async forget(): Promise<void> {
    this.#log.silence()
    await this.close()
  }

  /** Ends it and removes its folder. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    clearTimeout(this.#settleTimer)
    // What is being unpacked would be there again after its folder was removed; why it failed is told by `start`.
    await Promise.allSettled([this.#preparing, this.#process?.close()])
    this.#log.flush()
    if (this.#temporary !== undefined) await this.#parts.places.removeTemporary(this.#temporary)
    await this.#code?.release()
  }

  async #prepare(): Promise<void> {
    const { places, platform } = this.#parts
    this.#problem = await findRuntimeProblem(this.#deployment.runtime, platform.containment)
    if (this.#problem !== undefined) return
    const [code, temporary] = await Promise.all([places.takeCode(this.#deployment), places.makeTemporary()])
    this.#code = code
    this.#temporary = temporary
  }

  async #initialize(): Promise<void> {
    this.#write(this.#lines.initStart())
    const startedAt = performance.now()
    const event = await this.#startProcess(initializationMilliseconds)
    const durationMilliseconds = performance.now() - startedAt
    if (event.kind === 'next') this.#initMilliseconds = durationMilliseconds
    // A timer may fire a fraction of a millisecond early; AWS never says less than its limit.
    else if (event.kind === 'timeout') await this.#dropProcess(event, 'init', initializationMilliseconds)
    else await this.#dropProcess(event, 'init', durationMilliseconds)
  }

  /** Starts a process and gives what it does first. */
  #startProcess(milliseconds: number): Promise<ProcessEvent> {
    const { platform, api, lifeline } = this.#parts
    const token = isOwnBootstrap(this.#deployment.runtime) ? platform.ids.hex(32) : undefined
    this.#process = new FunctionProcess({
      api,
      lifeline,
      token,
      plan: port => this.#plan(port, token),
      onMessage: text => this.#log.write(text),
      onWaiting: () => {
        if (this.#phase === 'settling') this.#becomeReady()
      },
      onEnded: () => {
        if (this.#phase === 'ready' || this.#phase === 'settling') this.#end()
      },
    })
    return this.#process.start(milliseconds)
  }

  #plan(port: number, token: string | undefined): SandboxPlan {
    const { platform, places } = this.#parts
    const { task = '', opt = '' } = this.#code ?? {}
    const temporary = this.#temporary ?? ''
    const shared = { deployment: this.#deployment, task, opt, temporary, port }
    const variables = createVariables({
      ...shared,
      credentials: this.#credentials,
      logStream: this.#log.streamName,
      endpoint: platform.endpoint(),
    })
    return planLaunch({ ...shared, variables, token, containment: platform.containment, root: places.root() })
  }

  async #perform(invocation: Invocation, startedAt: number): Promise<CallOutcome> {
    const { requestId } = invocation
    const { timeoutSeconds } = this.#deployment
    if (this.#problem !== undefined) return explainProblem(this.#problem, requestId)
    const remaining = (): number => startedAt + timeoutSeconds * 1000 - performance.now()
    const event = (await this.#restart(remaining(), startedAt)) ?? (await this.#call(invocation, remaining()))
    if (event.kind === 'timeout') this.#stop(requestId)
    return explainEvent(event, { requestId, timeoutSeconds })
  }

  /** A process that could not be initialized is started again; gives what went wrong with that. */
  async #restart(milliseconds: number, startedAt: number): Promise<ProcessEvent | undefined> {
    if (this.#process !== undefined) return undefined
    const event = await this.#startProcess(milliseconds)
    if (event.kind === 'next') return undefined
    await this.#dropProcess(event, 'invoke', performance.now() - startedAt)
    return event
  }

  async #call(invocation: Invocation, milliseconds: number): Promise<ProcessEvent> {
    const { requestId: id, payload, stream } = invocation
    const { ids } = this.#parts.platform
    const headers = (remaining: number) => invocationHeaders(invocation, { remaining, ids })
    const call = this.#process?.call({ id, payload, stream, headers }, milliseconds)
    return call ?? { kind: 'timeout' }
  }

  #stop(requestId: string): void {
    this.#process?.kill()
    const time = new Date(this.#parts.platform.clock.now()).toISOString()
    this.#log.writeSystem(`${time} ${requestId} ${timeoutText(this.#deployment.timeoutSeconds)}\n`)
  }

  #durationSince(startedAt: number, { status }: CallOutcome): number {
    const leastMilliseconds = status === 'timeout' ? this.#deployment.timeoutSeconds * 1000 : 0
    return Math.max(performance.now() - startedAt, leastMilliseconds)
  }

  #finishLog({ requestId }: Invocation, outcome: CallOutcome, durationMilliseconds: number): string {
    this.#log.writeDropped()
    this.#write(this.#lines.end(requestId))
    const report = this.#lines.report({
      requestId,
      durationMilliseconds,
      initMilliseconds: this.#initMilliseconds,
      maximumMegabytes: this.#process?.maximumMegabytes ?? 0,
      status: outcome.status,
      errorType: outcome.errorType,
    })
    this.#initMilliseconds = undefined
    this.#write(report)
    return this.#log.endCall()
  }

  /** After a call: ready when the process asks for another one; ended when it never does in the time of a call. */
  #settle(startedAt: number, { status }: CallOutcome): void {
    this.#process?.endCall()
    this.#phase = 'settling'
    if (status === 'timeout' || this.#process === undefined || this.#process.hasEnded) {
      this.#end()
      return
    }
    const remaining = startedAt + this.#deployment.timeoutSeconds * 1000 - performance.now()
    this.#settleTimer = setTimeout(() => this.#end(), Math.max(0, remaining))
    if (this.#process.isWaiting) this.#becomeReady()
  }

  #becomeReady(): void {
    clearTimeout(this.#settleTimer)
    this.#phase = 'ready'
    this.#process?.rest()
    if (!this.#isClosed) this.#listener.onReady(this)
  }

  async #dropProcess(
    event: ProcessEvent,
    phase: InitReport['phase'],
    durationMilliseconds: number,
  ): Promise<void> {
    // What it wrote before is read in this turn of the event loop.
    await new Promise(setImmediate)
    this.#write(this.#lines.initReport({ phase, durationMilliseconds, ...explainInit(event) }))
    const dropped = this.#process
    this.#process = undefined
    await dropped?.close()
  }

  #end(): void {
    clearTimeout(this.#settleTimer)
    if (!this.#isClosed) this.#listener.onEnded(this)
  }

  #write(line: string | undefined): void {
    if (line !== undefined) this.#log.writeSystem(line)
  }
}
