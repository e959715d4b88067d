import { latestQualifier } from '../functions/find.ts'
import type { LambdaFunction, QueuedEvent } from '../state.ts'

/** How a function's asynchronous invocations are retried. */
export interface RetryRules {
  /** Attempts after the first. */
  readonly retries: number
  readonly maximumAgeMilliseconds: number
  readonly onSuccess: string | undefined
  readonly onFailure: string | undefined
}

/** Milliseconds before the first and the second retry after an error. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const retryDelays = [60_000, 120_000] as const
/** Milliseconds before an event that found no room is tried again: from one second, doubled each time, to five minutes. Source: as `retryDelays`. */
const throttleDelay = { first: 1_000, maximum: 300_000 } as const
/** Seconds that an event may wait: 6 hours. Source: as `retryDelays`. */
const defaultMaximumAgeSeconds = 21_600

/** The rules for the qualifier by which a function was invoked. */
export function rulesOf(owner: LambdaFunction, qualifier: string | undefined): RetryRules {
  const config = owner.eventInvokeConfigs.get(qualifier ?? latestQualifier)
  return {
    retries: config?.maximumRetryAttempts ?? retryDelays.length,
    maximumAgeMilliseconds: (config?.maximumEventAgeSeconds ?? defaultMaximumAgeSeconds) * 1000,
    onSuccess: config?.onSuccess,
    onFailure: config?.onFailure,
  }
}

/** Milliseconds until the next attempt after an error. */
export function delayAfterError({ attempts }: QueuedEvent): number {
  return retryDelays[attempts - 1] ?? retryDelays[1]
}

/** Milliseconds until the next attempt after there was no room. */
export function delayAfterThrottle({ throttles }: QueuedEvent): number {
  return Math.min(throttleDelay.first * 2 ** (throttles - 1), throttleDelay.maximum)
}
