import { isRecord } from '../values/record.ts'

/** One line of a log, as `FilterLogEvents` answers it. */
export interface LogEvent {
  readonly eventId: string
  /** In milliseconds since the epoch. */
  readonly timestamp: number
  readonly logStreamName: string
  readonly message: string
}

/** Reads the events of an answer. */
export function readEvents(answer: Readonly<Record<string, unknown>>): readonly LogEvent[] {
  const events: unknown[] = Array.isArray(answer.events) ? answer.events : []
  return events.filter(isRecord).map(event => ({
    eventId: String(event.eventId),
    timestamp: Number(event.timestamp),
    logStreamName: String(event.logStreamName),
    message: String(event.message),
  }))
}
