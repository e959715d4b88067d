import { AwsError } from '../../../core/aws-error.ts'
import { CloudStopping } from '../errors.ts'
import { run } from '../invocation/run.ts'
import { type CallTarget, chooseTarget } from '../invocation/target.ts'
import type { LambdaLive } from '../live.ts'
import type { LambdaFunction, LambdaState, QueuedEvent } from '../state.ts'
import { type Condition, deliverOutcome } from './outcome.ts'
import { delayAfterError, delayAfterThrottle, rulesOf } from './rules.ts'

/** An event as it arrives. */
export type NewEvent = Pick<QueuedEvent, 'requestId' | 'payload' | 'subject' | 'traceId'> & {
  readonly qualifier?: string | undefined
}

/** The parts of Lambda that an invocation goes through. */
type QueueParts = Pick<LambdaLive, 'runtime' | 'activations' | 'concurrency'>

/**
 * Runs asynchronous invocations: at once where there is room, again when they fail. The events themselves are in the
 * functions' state.
 */
export class AsyncQueue {
  readonly #platform: LambdaLive['platform']
  readonly #parts: QueueParts
  readonly #atWork = new Set<QueuedEvent>()
  /** Functions whose events wait for room, with what cancels their next attempt. */
  readonly #throttled = new Map<LambdaFunction, () => void>()
  readonly #waiters: (() => void)[] = []

  constructor(platform: LambdaLive['platform'], parts: QueueParts) {
    this.#platform = platform
    this.#parts = parts
  }

  enqueue(owner: LambdaFunction, event: NewEvent): void {
    const now = this.#platform.clock.now()
    owner.events.set(event.requestId, { ...event, enqueuedAt: now, dueAt: now, attempts: 0, throttles: 0 })
    this.#wake(owner)
  }

  /** Takes up again what a saved state holds. */
  resume(state: LambdaState): void {
    for (const owner of state.functions.values()) {
      for (const { dueAt } of owner.events.values()) this.#wakeAt(owner, dueAt)
    }
  }

  /** Tries again what found no room. */
  wakeThrottled(): void {
    for (const owner of [...this.#throttled.keys()]) this.#wake(owner)
  }

  isIdle(): boolean {
    return this.#atWork.size === 0
  }

  /** Resolves when no event is at work. */
  idle(): Promise<void> {
    return new Promise(resolve => {
      if (this.isIdle()) resolve()
      else this.#waiters.push(resolve)
    })
  }

  clear(): void {
    this.#atWork.clear()
    this.#throttled.clear()
    this.#releaseWaiters()
  }

  #wakeAt(owner: LambdaFunction, time: number): () => void {
    return this.#platform.scheduler.at(time, () => this.#wake(owner))
  }

  #wake(owner: LambdaFunction): void {
    const isKnown = this.#platform.stateOf(owner.accountId, owner.region).functions.get(owner.name) === owner
    this.#throttled.get(owner)?.()
    this.#throttled.delete(owner)
    if (!isKnown) return
    for (const event of owner.events.values()) {
      if (this.#atWork.has(event) || event.dueAt > this.#platform.clock.now()) continue
      if (!this.#begin(owner, event)) return
    }
  }

  /** Begins with an event that is due; gives false where there is no room for it. */
  #begin(owner: LambdaFunction, event: QueuedEvent): boolean {
    const condition = this.#hopelessness(owner, event)
    if (condition !== undefined) {
      this.#work(owner, event, () => this.#finish(owner, event, condition))
      return true
    }
    const target = chooseTarget(owner, event.qualifier, this.#platform.random)
    if (!target) {
      this.#work(owner, event, () => this.#finish(owner, event, 'RetriesExhausted'))
      return true
    }
    const leave = this.#enterOrWait(owner, event)
    if (!leave) return false
    this.#work(owner, event, () => this.#attempt(event, target, leave))
    return true
  }

  /** Why an event is not even tried (any more). */
  #hopelessness(owner: LambdaFunction, { qualifier, enqueuedAt }: QueuedEvent): Condition | undefined {
    if (owner.reservedConcurrency === 0) return 'ZeroReservedConcurrency'
    const age = this.#platform.clock.now() - enqueuedAt
    return age >= rulesOf(owner, qualifier).maximumAgeMilliseconds ? 'EventAgeExceeded' : undefined
  }

  #enterOrWait(owner: LambdaFunction, event: QueuedEvent): (() => void) | undefined {
    try {
      return this.#parts.concurrency.enter(this.#platform.stateOf(owner.accountId, owner.region), owner)
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      event.throttles += 1
      this.#throttled.get(owner)?.()
      this.#throttled.set(owner, this.#wakeAt(owner, this.#platform.clock.now() + delayAfterThrottle(event)))
      return undefined
    }
  }

  #work(owner: LambdaFunction, event: QueuedEvent, work: () => Promise<void>): void {
    this.#atWork.add(event)
    work()
      .catch(error => this.#afterBug(owner, event, error))
      .finally(() => {
        this.#atWork.delete(event)
        if (this.isIdle()) this.#releaseWaiters()
      })
  }

  #releaseWaiters(): void {
    for (const resolve of this.#waiters.splice(0)) resolve()
  }

  async #attempt(event: QueuedEvent, target: CallTarget, leave: () => void): Promise<void> {
    const { owner, version } = target
    const { requestId, traceId } = event
    const payload = Buffer.from(event.payload)
    const invocation = { requestId, payload, ...(traceId !== undefined && { traceId }) }
    await this.#parts.activations.settled(version)
    const result = await run(
      { target, invocation, cause: 'event', subject: event.subject },
      { ...this.#parts, platform: this.#platform },
    ).finally(leave)
    // The cloud was stopped meanwhile: an attempt that this cut short is none, and the event stays for the next cloud.
    if (!this.#atWork.has(event)) return
    event.attempts += 1
    event.throttles = 0
    event.last = {
      payload: Buffer.from(result.payload).toString('utf8'),
      executedVersion: version.version,
      functionError: result.functionError,
    }
    if (result.functionError === undefined) await this.#finish(owner, event, 'Success')
    else await this.#afterError(owner, event)
  }

  async #afterError(owner: LambdaFunction, event: QueuedEvent): Promise<void> {
    const { retries, maximumAgeMilliseconds } = rulesOf(owner, event.qualifier)
    if (event.attempts > retries) return this.#finish(owner, event, 'RetriesExhausted')
    const dueAt = this.#platform.clock.now() + delayAfterError(event)
    if (dueAt - event.enqueuedAt >= maximumAgeMilliseconds)
      return this.#finish(owner, event, 'EventAgeExceeded')
    event.dueAt = dueAt
    this.#wakeAt(owner, dueAt)
  }

  /** A failure of ours is no answer of the function: the event is tried again as AWS does after its own. */
  #afterBug(owner: LambdaFunction, event: QueuedEvent, error: unknown): void {
    // It stays in the queue as it is, for the cloud that takes the state up again.
    if (error instanceof CloudStopping) return
    this.#platform.onBug(error, `lambda event ${event.requestId}`)
    event.throttles += 1
    event.dueAt = this.#platform.clock.now() + delayAfterThrottle(event)
    this.#wakeAt(owner, event.dueAt)
  }

  async #finish(owner: LambdaFunction, event: QueuedEvent, condition: Condition): Promise<void> {
    owner.events.delete(event.requestId)
    await deliverOutcome(owner, event, {
      condition,
      platform: this.#platform,
      enqueue: (target, next) => this.enqueue(target, next),
    })
  }
}
