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

/** Runs asynchronous invocations: at once where there is room, again when they fail. */
export interface AsyncQueue {
  enqueue(owner: LambdaFunction, event: NewEvent): void
  /** Takes up again what a saved state holds. */
  resume(state: LambdaState): void
  /** Tries again what found no room. */
  wakeThrottled(): void
  isIdle(): boolean
  idle(): Promise<void>
  clear(): void
}

/** Creates the work on queues; nothing is under way. The events themselves are in the functions' state. */
export function createAsyncQueue(
  platform: LambdaLive['platform'],
  parts: Pick<LambdaLive, 'runtime' | 'activations' | 'concurrency'>,
): AsyncQueue {
  const atWork = new Set<QueuedEvent>()
  /** Functions whose events wait for room, with what cancels their next attempt. */
  const throttled = new Map<LambdaFunction, () => void>()
  const waiters: (() => void)[] = []

  const finish = async (owner: LambdaFunction, event: QueuedEvent, condition: Condition): Promise<void> => {
    owner.events.delete(event.requestId)
    await deliverOutcome(owner, event, { condition, platform, enqueue })
  }

  const wakeAt = (owner: LambdaFunction, time: number): (() => void) =>
    platform.scheduler.at(time, () => wake(owner))

  const afterError = async (owner: LambdaFunction, event: QueuedEvent): Promise<void> => {
    const { retries, maximumAgeMilliseconds } = rulesOf(owner, event.qualifier)
    if (event.attempts > retries) return finish(owner, event, 'RetriesExhausted')
    const dueAt = platform.clock.now() + delayAfterError(event)
    if (dueAt - event.enqueuedAt >= maximumAgeMilliseconds) return finish(owner, event, 'EventAgeExceeded')
    event.dueAt = dueAt
    wakeAt(owner, dueAt)
  }

  /** A failure of ours is no answer of the function: the event is tried again as AWS does after its own. */
  const afterBug = (owner: LambdaFunction, event: QueuedEvent, error: unknown): void => {
    // It stays in the queue as it is, for the cloud that takes the state up again.
    if (error instanceof CloudStopping) return
    platform.onBug(error, `lambda event ${event.requestId}`)
    event.throttles += 1
    event.dueAt = platform.clock.now() + delayAfterThrottle(event)
    wakeAt(owner, event.dueAt)
  }

  const attempt = async (event: QueuedEvent, target: CallTarget, leave: () => void): Promise<void> => {
    const { owner, version } = target
    const { requestId, traceId } = event
    const payload = Buffer.from(event.payload)
    const invocation = { requestId, payload, ...(traceId !== undefined && { traceId }) }
    await parts.activations.settled(version)
    const result = await run(
      { target, invocation, cause: 'event', subject: event.subject },
      { ...parts, platform },
    ).finally(leave)
    // The cloud was stopped meanwhile: an attempt that this cut short is none, and the event stays for the next cloud.
    if (!atWork.has(event)) return
    event.attempts += 1
    event.throttles = 0
    event.last = {
      payload: Buffer.from(result.payload).toString('utf8'),
      executedVersion: version.version,
      functionError: result.functionError,
    }
    if (result.functionError === undefined) await finish(owner, event, 'Success')
    else await afterError(owner, event)
  }

  const atOnce = (owner: LambdaFunction, event: QueuedEvent, work: () => Promise<void>): void => {
    atWork.add(event)
    work()
      .catch(error => afterBug(owner, event, error))
      .finally(() => {
        atWork.delete(event)
        if (atWork.size > 0) return
        for (const resolve of waiters.splice(0)) resolve()
      })
  }

  /** Begins with an event that is due; gives false where there is no room for it. */
  const begin = (owner: LambdaFunction, event: QueuedEvent): boolean => {
    const now = platform.clock.now()
    if (owner.reservedConcurrency === 0) {
      atOnce(owner, event, () => finish(owner, event, 'ZeroReservedConcurrency'))
      return true
    }
    if (now - event.enqueuedAt >= rulesOf(owner, event.qualifier).maximumAgeMilliseconds) {
      atOnce(owner, event, () => finish(owner, event, 'EventAgeExceeded'))
      return true
    }
    const target = chooseTarget(owner, event.qualifier, platform.random)
    if (!target) {
      atOnce(owner, event, () => finish(owner, event, 'RetriesExhausted'))
      return true
    }
    const leave = enterOrWait(owner, event, now)
    if (!leave) return false
    atOnce(owner, event, () => attempt(event, target, leave))
    return true
  }

  const enterOrWait = (owner: LambdaFunction, event: QueuedEvent, now: number): (() => void) | undefined => {
    try {
      return parts.concurrency.enter(platform.stateOf(owner.accountId, owner.region), owner)
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      event.throttles += 1
      throttled.get(owner)?.()
      throttled.set(owner, wakeAt(owner, now + delayAfterThrottle(event)))
      return undefined
    }
  }

  const wake = (owner: LambdaFunction): void => {
    const isKnown = platform.stateOf(owner.accountId, owner.region).functions.get(owner.name) === owner
    throttled.get(owner)?.()
    throttled.delete(owner)
    if (!isKnown) return
    for (const event of owner.events.values()) {
      if (atWork.has(event) || event.dueAt > platform.clock.now()) continue
      if (!begin(owner, event)) return
    }
  }

  const enqueue = (owner: LambdaFunction, event: NewEvent): void => {
    const now = platform.clock.now()
    owner.events.set(event.requestId, { ...event, enqueuedAt: now, dueAt: now, attempts: 0, throttles: 0 })
    wake(owner)
  }

  return {
    enqueue,
    resume: state => {
      for (const owner of state.functions.values()) {
        for (const { dueAt } of owner.events.values()) wakeAt(owner, dueAt)
      }
    },
    wakeThrottled: () => {
      for (const owner of [...throttled.keys()]) wake(owner)
    },
    isIdle: () => atWork.size === 0,
    idle: () =>
      new Promise(resolve => {
        if (atWork.size === 0) resolve()
        else waiters.push(resolve)
      }),
    clear: () => {
      atWork.clear()
      throttled.clear()
      for (const resolve of waiters.splice(0)) resolve()
    },
  }
}
