import type { LiveTailSessionLogEvent, LiveTailSessionUpdate } from '@aws-sdk/client-cloudwatch-logs'
import { sessionTimeout } from '../errors.ts'
import { liveTail } from '../limits.ts'
import type { FilterPattern } from '../patterns/pattern.ts'
import type { StoredEvent } from '../state.ts'

/** What a session listens to. */
export interface TailRequest {
  /** Of the groups, as the caller wrote them. */
  readonly groupArns: readonly string[]
  hasStream(name: string): boolean
  readonly pattern: FilterPattern
}

/** Events that have just been stored. */
export interface Arrival {
  readonly groupArn: string
  readonly streamName: string
  readonly events: readonly StoredEvent[]
}

/** When a session begins, and how it waits. */
export interface TailTiming {
  now(): number
  /** Resolves after a time on the cloud's clock, or when `end` is called. */
  wait(milliseconds: number): Promise<void>
}

/** A caller that follows some groups. */
export interface TailSession {
  take(arrival: Arrival): void
  /** Lets the session end with its next update. */
  end(): void
  /** What is to be sent, each second; throws when the session has lasted three hours. */
  updates(): AsyncGenerator<LiveTailSessionUpdate>
}

/** Creates a session. */
export function createSession(request: TailRequest, timing: TailTiming): TailSession {
  const startedAt = timing.now()
  let waiting: LiveTailSessionLogEvent[] = []
  let hasEnded = false
  return {
    take: ({ groupArn, streamName, events }) => {
      if (!request.groupArns.includes(groupArn) || !request.hasStream(streamName)) return
      const matching = events.filter(({ message }) => request.pattern.matches(message))
      waiting.push(...matching.map(event => showEvent(event, groupArn, streamName)))
      if (waiting.length > liveTail.bufferedEvents) waiting = waiting.slice(-liveTail.bufferedEvents)
    },
    end: () => {
      hasEnded = true
    },
    updates: async function* () {
      for (;;) {
        await timing.wait(liveTail.intervalMilliseconds)
        if (hasEnded) return
        if (timing.now() - startedAt >= liveTail.sessionMilliseconds) throw sessionTimeout()
        const arrived = waiting
        waiting = []
        yield sample(arrived)
      }
    },
  }
}

function showEvent(
  { message, timestamp, ingestionTime }: StoredEvent,
  logGroupIdentifier: string,
  logStreamName: string,
): LiveTailSessionLogEvent {
  return { logStreamName, logGroupIdentifier, message, timestamp, ingestionTime }
}

/** As many events as an update may carry, spread evenly over those that have come. */
function sample(arrived: readonly LiveTailSessionLogEvent[]): LiveTailSessionUpdate {
  const most = liveTail.updateEvents
  if (arrived.length <= most) {
    return { sessionMetadata: { sampled: false }, sessionResults: [...arrived] }
  }
  const sessionResults = Array.from(
    { length: most },
    (_, index) => arrived[Math.floor((index * arrived.length) / most)],
  ).flatMap(event => event ?? [])
  return { sessionMetadata: { sampled: true }, sessionResults }
}
