import type { ProcessEnd } from './failures.ts'
import type { Lifeline } from './lifeline.ts'
import { createProcessTurn, type ProcessEvent } from './process-turn.ts'
import { readResponse } from './response.ts'
import type { ResponseStream } from './runtime.ts'
import type {
  createRuntimeApi,
  Door,
  ErrorMessage,
  ResponseMessage,
  RuntimeApiListener,
} from './runtime-api.ts'
import { Sandbox, type SandboxPlan } from './sandbox.ts'

/** What a function's process is made with. */
export interface FunctionProcessOptions {
  readonly api: ReturnType<typeof createRuntimeApi>
  readonly lifeline: Lifeline
  /** What its requests to the Runtime API must carry, where it runs a program of ours. */
  readonly token: string | undefined
  /** How it is started, once the port of its Runtime API is known. */
  readonly plan: (port: number) => SandboxPlan
  readonly onMessage: (text: string) => void
  /** It asks for a call. */
  readonly onWaiting: () => void
  readonly onEnded: () => void
}

/** A call as it is handed over. */
export interface ProcessCall {
  readonly id: string
  readonly payload: Uint8Array
  readonly stream: ResponseStream | undefined
  /** Its headers, when so many milliseconds remain. */
  readonly headers: (remaining: number) => Readonly<Record<string, string>>
}

/** A function's process and the Runtime API by which it is spoken to. */
export class FunctionProcess {
  readonly #options: FunctionProcessOptions
  readonly #turn = createProcessTurn()
  #door: Door | undefined
  #sandbox: Sandbox | undefined
  #stream: ResponseStream | undefined
  #hasEnded = false

  constructor(options: FunctionProcessOptions) {
    this.#options = options
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Whether it asks for a call. */
  get isWaiting(): boolean {
    return this.#door?.isWaiting ?? false
  }

  get maximumMegabytes(): number {
    return this.#sandbox?.maximumMegabytes ?? 0
  }

  /** Starts it and gives what it does first: `next` when all is well. */
  async start(milliseconds: number): Promise<ProcessEvent> {
    const { api, token, plan, lifeline, onMessage } = this.#options
    const door = await api.open({ token, listener: this.#listener() })
    this.#door = door
    if (this.#hasEnded) {
      door.close()
      return { kind: 'ended', end: { code: null, signal: 'SIGKILL', isOutOfMemory: false } }
    }
    const event = this.#turn.wait(['next', 'init-error', 'ended'], milliseconds)
    const sandbox = new Sandbox(plan(door.port), { lifeline, onMessage })
    this.#sandbox = sandbox
    sandbox.watchMemory()
    void sandbox.ended.then(end => this.#end(end))
    return event
  }

  /** Hands a call over and gives how it ends. */
  async call(call: ProcessCall, milliseconds: number): Promise<ProcessEvent> {
    const deadline = performance.now() + milliseconds
    this.#sandbox?.watchMemory()
    // It may have closed its connection meanwhile, and makes another one.
    if (!this.isWaiting && !this.#hasEnded) {
      const event = await this.#turn.wait(['next', 'ended'], milliseconds)
      if (event.kind !== 'next') return event
    }
    const remaining = deadline - performance.now()
    const event = this.#turn.wait(['response', 'response-too-large', 'error', 'ended'], remaining)
    this.#stream = call.stream
    this.#door?.deliver({ id: call.id, headers: call.headers(remaining), payload: call.payload })
    return event
  }

  /** What comes for the call from now on is refused. */
  endCall(): void {
    this.#stream = undefined
    this.#door?.endCall()
  }

  /**
   * It waits for another call.
   *
   * DIFFERS: AWS freezes an environment between calls; here what a function left running goes on.
   */
  rest(): void {
    this.#sandbox?.unwatchMemory()
  }

  kill(): void {
    this.#sandbox?.kill()
  }

  /** Ends it and all that it started; resolves once they are gone. */
  async close(): Promise<void> {
    this.#hasEnded = true
    this.#door?.close()
    this.#sandbox?.kill()
    await this.#sandbox?.ended
  }

  #end(end: ProcessEnd): void {
    const wasClosed = this.#hasEnded
    this.#hasEnded = true
    this.#turn.happen({ kind: 'ended', end })
    if (!wasClosed) this.#options.onEnded()
  }

  #listener(): RuntimeApiListener {
    return {
      onNext: () => {
        this.#turn.happen({ kind: 'next' })
        this.#options.onWaiting()
      },
      onResponse: (message: ResponseMessage) => this.#takeResponse(message),
      onError: (message: ErrorMessage) => this.#turn.happen({ kind: 'error', message }),
      onInitError: (message: ErrorMessage) => this.#turn.happen({ kind: 'init-error', message }),
    }
  }

  async #takeResponse(message: ResponseMessage): Promise<'taken' | 'too-large'> {
    const outcome = await readResponse(message, this.#stream)
    if (outcome.kind !== 'broken') this.#turn.happen(outcome)
    return outcome.kind === 'response-too-large' ? 'too-large' : 'taken'
  }
}
