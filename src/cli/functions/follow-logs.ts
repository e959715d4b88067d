import { setTimeout } from 'node:timers/promises'
import { FilterLogEventsCommand, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs'
import type { LogEvent } from '../../awslocal/logs/event.ts'
import { followEvents } from '../../awslocal/logs/list-events.ts'
import { type FunctionCloud, isUnanswered } from './function-cloud.ts'

/** What is followed, and who hears of it. */
export interface FollowedLogs {
  readonly functionName: string
  readonly cloud: FunctionCloud
  /** Ends the following. */
  readonly signal: AbortSignal
  onEvent(event: LogEvent): void
  /** The cloud does not answer any more. */
  onLost(): void
  /** It answers again. */
  onBack(): void
}

/** How often the log is looked at, in milliseconds: often enough for a line to seem to come by itself. */
const lookEveryMilliseconds = 150

/** Tells every line that a function logs from now on, until the signal is aborted. */
export async function followLogs({ functionName, cloud, signal, ...heard }: FollowedLogs): Promise<void> {
  let isLost = false
  const ask = async (input: Record<string, unknown>): Promise<Readonly<Record<string, unknown>>> => {
    try {
      const logGroupName = `/aws/lambda/${functionName}`
      const answer = await cloud.logs.send(new FilterLogEventsCommand({ ...input, logGroupName }), {
        abortSignal: signal,
      })
      if (isLost) heard.onBack()
      isLost = false
      return { ...answer }
    } catch (error) {
      // The group comes with the function's first line.
      if (error instanceof ResourceNotFoundException) {
        if (isLost) heard.onBack()
        isLost = false
        return {}
      }
      if (!isUnanswered(error)) throw error
      if (!isLost) heard.onLost()
      isLost = true
      return {}
    }
  }
  const pause = () => setTimeout(lookEveryMilliseconds, undefined, { signal })
  try {
    for await (const event of followEvents({ filter: {}, startTime: Date.now(), ask, signal, pause })) {
      heard.onEvent(event)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
