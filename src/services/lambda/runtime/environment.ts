import type { Platform } from '../../../cloud/live-part.ts'
import type { SessionCredentials } from '../../../cloud/session-credentials.ts'
import { EnvironmentLog } from './environment-log.ts'
import {
  cannotRun,
  endType,
  type FailureDocument,
  type ProcessEnd,
  processEnded,
  responseTooLarge,
  timedOut,
  timeoutText,
} from './failures.ts'
import { invocationHeaders } from './invocation-headers.ts'
import { isOwnBootstrap, planLaunch } from './launch.ts'
import type { Lifeline } from './lifeline.ts'
import { initializationMilliseconds, maximumResponseBytes } from './limits.ts'
import type { CodePlace, Places } from './places.ts'
import { findRuntimeProblem } from './problems.ts'
import { createProcessTurn, type ProcessEvent } from './process-turn.ts'
import { type CallStatus, createSystemLines, type SystemLines } from './report.ts'
import { readResponse } from './response.ts'
import type { Deployment, Invocation, InvocationResult } from './runtime.ts'
import type { createRuntimeApi, Door, ErrorMessage, ResponseMessage } from './runtime-api.ts'
import { Sandbox } from './sandbox.ts'
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

/** How a call ended inside of the environment. */
interface Outcome {
  readonly payload: Uint8Array
  readonly status: CallStatus
  readonly isFailure: boolean
  readonly errorType?: string | undefined
}

/** One execution environment: a process, its folder and its log stream. Takes one call at a time. */
export class Environment {
  readonly deployment: Deployment
  readonly #parts: EnvironmentParts
  readonly #listener: EnvironmentListener
  readonly #log: EnvironmentLog
  readonly #lines: SystemLines
  readonly #turn = createProcessTurn()
  #credentials: SessionCredentials
  #code: CodePlace | undefined
  #temporary: string | undefined
  #door: Door | undefined
  #sandbox: Sandbox | undefined
  #preparing: Promise<void> | undefined
  #problem: string | undefined
  #initMilliseconds: number | undefined
  #invocation: Invocation | undefined
  #phase: 'starting' | 'ready' | 'running' | 'settling' = 'starting'
  /** The process has ended or was ended: it takes no other call. */
  #isSpent = false
  #isClosed = false
  #settleTimer: NodeJS.Timeout | undefined

  constructor(deployment: Deployment, parts: EnvironmentParts, listener: EnvironmentListener) {
    this.deployment = deployment
    this.#parts = parts
    this.#listener = listener
    this.#log = new EnvironmentLog(parts.platform, deployment)
    this.#lines = createSystemLines(deployment, () => parts.platform.clock.now())
    this.#credentials = issueRoleCredentials(deployment, parts.platform)
  }

  /** Whether its credentials last for another call. */
  get isFresh(): boolean {
    const marginMilliseconds = 20 * 60_000
    return this.#credentials.Expiration.getTime() - marginMilliseconds > this.#parts.platform.clock.now()
  }

  /** Whether it waits for a call. */
  get isReady(): boolean {
    return this.#phase === 'ready'
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
    this.#invocation = invocation
    this.#write(this.#lines.start(invocation.requestId))
    const outcome = await this.#perform(invocation, startedAt)
    // What the process wrote before it answered is read in this turn of the event loop.
    await new Promise(setImmediate)
    const leastMilliseconds = outcome.status === 'timeout' ? this.deployment.timeoutSeconds * 1000 : 0
    const durationMilliseconds = Math.max(performance.now() - startedAt, leastMilliseconds)
    const logTail = this.#finishLog(invocation, outcome, durationMilliseconds)
    this.#invocation = undefined
    this.#settle(startedAt)
    return {
      payload: outcome.payload,
      ...(outcome.isFailure && { functionError: 'Unhandled' as const }),
      logTail,
      durationMilliseconds,
    }
  }

  /** Ends it and removes its folder. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    clearTimeout(this.#settleTimer)
    this.#door?.close()
    this.#sandbox?.kill()
    // What is being unpacked would be there again after its folder was removed; why it failed is told by `start`.
    await Promise.allSettled([this.#preparing, this.#sandbox?.ended])
    this.#log.flush()
    if (this.#temporary !== undefined) await this.#parts.places.removeTemporary(this.#temporary)
    this.#code?.release()
  }

  async #prepare(): Promise<void> {
    const { places, platform } = this.#parts
    this.#problem = await findRuntimeProblem(this.deployment.runtime, platform.containment)
    if (this.#problem !== undefined) return
    const [code, temporary] = await Promise.all([places.takeCode(this.deployment), places.makeTemporary()])
    this.#code = code
    this.#temporary = temporary
  }

  async #initialize(): Promise<void> {
    this.#write(this.#lines.initStart())
    const startedAt = performance.now()
    const event = await this.#startProcess(initializationMilliseconds)
    const durationMilliseconds = performance.now() - startedAt
    if (event.kind === 'next') this.#initMilliseconds = durationMilliseconds
    else await this.#dropProcess('init', event, durationMilliseconds)
  }

  /** Starts the process and waits for what it does first. */
  async #startProcess(milliseconds: number): Promise<ProcessEvent> {
    const { deployment } = this
    const token = isOwnBootstrap(deployment.runtime) ? this.#parts.platform.ids.hex(32) : undefined
    const door = await this.#parts.api.open({ token, listener: this.#listenerOf() })
    if (this.#isClosed) {
      door.close()
      return { kind: 'ended', end: { code: null, signal: 'SIGKILL', isOutOfMemory: false } }
    }
    this.#door = door
    const event = this.#turn.wait(['next', 'init-error', 'ended'], milliseconds)
    this.#sandbox = this.#spawn(door.port, token)
    return event
  }

  #spawn(port: number, token: string | undefined): Sandbox {
    const { platform, places, lifeline } = this.#parts
    const { task = '', opt = '' } = this.#code ?? {}
    const temporary = this.#temporary ?? ''
    const folders = { task, opt, temporary, port }
    const variables = createVariables({
      ...folders,
      deployment: this.deployment,
      credentials: this.#credentials,
      logStream: this.#log.streamName,
      endpoint: platform.endpoint(),
    })
    const { containment } = platform
    const plan = planLaunch({
      ...folders,
      deployment: this.deployment,
      containment,
      variables,
      token,
      root: places.root(),
    })
    const sandbox = new Sandbox(plan, { lifeline, onMessage: text => this.#log.write(text) })
    sandbox.watchMemory()
    void sandbox.ended.then(end => this.#processHasEnded(sandbox, end))
    return sandbox
  }

  #listenerOf() {
    return {
      onNext: () => {
        this.#turn.happen({ kind: 'next' })
        if (this.#phase === 'settling') this.#becomeReady()
      },
      onResponse: (message: ResponseMessage) => this.#takeResponse(message),
      onError: (message: ErrorMessage) => this.#turn.happen({ kind: 'error', message }),
      onInitError: (message: ErrorMessage) => this.#turn.happen({ kind: 'init-error', message }),
    }
  }

  async #takeResponse(message: ResponseMessage): Promise<'taken' | 'too-large'> {
    const outcome = await readResponse(message, this.#invocation?.stream)
    if (outcome.kind !== 'broken') this.#turn.happen(outcome)
    return outcome.kind === 'response-too-large' ? 'too-large' : 'taken'
  }

  async #perform(invocation: Invocation, startedAt: number): Promise<Outcome> {
    const { requestId } = invocation
    const deadline = startedAt + this.deployment.timeoutSeconds * 1000
    if (this.#problem !== undefined) return failure(cannotRun(requestId, this.#problem))
    if (this.#sandbox === undefined) {
      const event = await this.#startProcess(deadline - performance.now())
      if (event.kind !== 'next') {
        await this.#dropProcess('invoke', event, performance.now() - startedAt)
        return this.#explain(event, requestId)
      }
    }
    this.#sandbox?.watchMemory()
    // It may have closed its connection meanwhile, and makes another one.
    if (!this.#door?.isWaiting) {
      const event = await this.#turn.wait(['next', 'ended'], deadline - performance.now())
      if (event.kind !== 'next') return this.#explain(event, requestId)
    }
    const remaining = deadline - performance.now()
    const event = this.#turn.wait(['response', 'response-too-large', 'error', 'ended'], remaining)
    this.#door?.deliver({
      id: requestId,
      headers: invocationHeaders(invocation, { remaining, ids: this.#parts.platform.ids }),
      payload: invocation.payload,
    })
    return this.#explain(await event, requestId)
  }

  #explain(event: ProcessEvent, requestId: string): Outcome {
    switch (event.kind) {
      case 'response':
        return { payload: event.payload, status: 'success', isFailure: false }
      case 'response-too-large':
        return failure(responseTooLarge(maximumResponseBytes))
      case 'error':
      case 'init-error':
        return { payload: event.message.document, status: 'success', isFailure: true }
      case 'ended':
        return failure(processEnded(requestId, event.end), 'error')
      default:
        return this.#explainTimeout(requestId)
    }
  }

  #explainTimeout(requestId: string): Outcome {
    const { timeoutSeconds } = this.deployment
    this.#isSpent = true
    this.#sandbox?.kill()
    const time = new Date(this.#parts.platform.clock.now()).toISOString()
    this.#log.writeSystem(`${time} ${requestId} ${timeoutText(timeoutSeconds)}\n`)
    return { ...failure(timedOut(requestId, timeoutSeconds), 'timeout'), errorType: undefined }
  }

  #finishLog({ requestId }: Invocation, outcome: Outcome, durationMilliseconds: number): string {
    this.#log.writeDropped()
    this.#write(this.#lines.end(requestId))
    const report = this.#lines.report({
      requestId,
      durationMilliseconds,
      initMilliseconds: this.#initMilliseconds,
      maximumMegabytes: this.#sandbox?.maximumMegabytes ?? 0,
      status: outcome.status,
      errorType: outcome.errorType,
    })
    this.#initMilliseconds = undefined
    this.#write(report)
    return this.#log.endCall()
  }

  /** After a call: ready when the process asks for another one; ended when it never does in the time of a call. */
  #settle(startedAt: number): void {
    this.#door?.endCall()
    this.#phase = 'settling'
    if (this.#isSpent || this.#sandbox === undefined) {
      this.#end()
      return
    }
    const remaining = startedAt + this.deployment.timeoutSeconds * 1000 - performance.now()
    this.#settleTimer = setTimeout(() => this.#end(), Math.max(0, remaining))
    if (this.#door?.isWaiting) this.#becomeReady()
  }

  #becomeReady(): void {
    clearTimeout(this.#settleTimer)
    this.#phase = 'ready'
    this.#sandbox?.unwatchMemory()
    if (!this.#isClosed) this.#listener.onReady(this)
  }

  async #dropProcess(
    phase: 'init' | 'invoke',
    event: ProcessEvent,
    durationMilliseconds: number,
  ): Promise<void> {
    await new Promise(setImmediate)
    const status = event.kind === 'timeout' ? 'timeout' : 'error'
    const errorType =
      event.kind === 'init-error'
        ? event.message.errorType
        : event.kind === 'ended'
          ? endType(event.end)
          : undefined
    this.#write(this.#lines.initReport({ phase, durationMilliseconds, status, errorType }))
    const sandbox = this.#sandbox
    this.#sandbox = undefined
    this.#door?.close()
    this.#door = undefined
    sandbox?.kill()
    await sandbox?.ended
  }

  #processHasEnded(sandbox: Sandbox, end: ProcessEnd): void {
    if (this.#sandbox !== sandbox) return
    this.#isSpent = true
    this.#turn.happen({ kind: 'ended', end })
    if (this.#phase === 'ready' || this.#phase === 'settling') this.#end()
  }

  #end(): void {
    clearTimeout(this.#settleTimer)
    if (!this.#isClosed) this.#listener.onEnded(this)
  }

  #write(line: string | undefined): void {
    if (line !== undefined) this.#log.writeSystem(line)
  }
}

function failure(document: FailureDocument, status: CallStatus = 'success'): Outcome {
  return {
    payload: Buffer.from(JSON.stringify(document)),
    status,
    isFailure: true,
    errorType: status === 'error' ? document.errorType : undefined,
  }
}
