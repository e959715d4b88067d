import { setTimeout } from 'node:timers/promises'
import { type LogEvent, readEvents } from './event.ts'

/** What is asked for and how. */
export interface EventSource {
  /** Members of `FilterLogEvents`' input besides where to start. */
  readonly filter: Readonly<Record<string, unknown>>
  /** In milliseconds since the epoch, inclusive. */
  readonly startTime: number
  readonly ask: (input: Record<string, unknown>) => Promise<Readonly<Record<string, unknown>>>
}

/** An event source that goes on for ever, with what passes the time between two looks. */
export interface FollowedSource extends EventSource {
  readonly signal: AbortSignal
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  readonly pause?: (milliseconds: number) => Promise<unknown>
}

/**
 * How often to look, in milliseconds.
 * DIFFERS: `logs tail --follow` looks twice a second, not every 5 seconds: the cloud is on this machine.
 */
const lookEveryMs = 500

/**
 * How far behind the newest event to look, in milliseconds.
 * DIFFERS: `logs tail --follow` also shows events that arrive up to 10 seconds late; the AWS CLI leaves out what is older than the newest it showed.
 */
const lookBackMs = 10_000

/** All events that there are, page by page. */
export async function* listEvents({ filter, startTime, ask }: EventSource): AsyncGenerator<LogEvent> {
  let nextToken: unknown
  do {
    const token = nextToken === undefined ? {} : { nextToken }
    const answer = await ask({ ...filter, startTime, ...token })
    yield* readEvents(answer)
    nextToken = answer.nextToken
  } while (nextToken !== undefined)
}

/** All events that there are and those to come, each once, until the signal is aborted, which throws its reason. */
export async function* followEvents(source: FollowedSource): AsyncGenerator<LogEvent> {
  const { signal, now = Date.now } = source
  const pause = source.pause ?? (milliseconds => setTimeout(milliseconds, undefined, { signal }))
  const shown = new Map<string, number>()
  let { startTime } = source
  for (;;) {
    let newest = 0
    for await (const event of listEvents({ ...source, startTime })) {
      newest = Math.max(newest, event.timestamp)
      if (shown.has(event.eventId)) continue
      shown.set(event.eventId, event.timestamp)
      yield event
    }
    // Events may be dated in the future: what happens before then must not be missed.
    startTime = Math.max(startTime, Math.min(newest, now()) - lookBackMs)
    forgetBefore(shown, startTime)
    await pause(lookEveryMs)
  }
}

/** Events that will not be answered again need not be remembered. */
function forgetBefore(shown: Map<string, number>, startTime: number): void {
  for (const [eventId, timestamp] of shown) {
    if (timestamp < startTime) shown.delete(eventId)
  }
}
