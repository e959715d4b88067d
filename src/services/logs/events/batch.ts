import type { InputLogEvent, RejectedLogEventsInfo } from '@aws-sdk/client-cloudwatch-logs'
import { constraintsFailed, invalidParameter } from '../errors.ts'
import { batch, dayMilliseconds, eventOverheadBytes } from '../limits.ts'
import { checkLength, checkNumber, checkPresent } from '../validation.ts'
import type { NewEvent } from './store.ts'

/** A batch of which AWS takes a part. */
export interface SortedBatch {
  readonly accepted: readonly NewEvent[]
  readonly rejected?: RejectedLogEventsInfo
}

/** @throws AwsError InvalidParameterException about the batch as a whole: its members, its size, its order */
export function checkBatch(events: readonly InputLogEvent[]): readonly NewEvent[] {
  const checked = events.map(checkEvent)
  refuseLarge(checked)
  let latest = 0
  for (const { timestamp } of checked) {
    if (timestamp < latest) {
      throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.')
    }
    latest = timestamp
  }
  return checked
}

/**
 * Parts the events that are stored from those that are too old, too new, or older than the group keeps them.
 * @throws AwsError InvalidParameterException where the former span more than a day
 */
export function sortOut(
  events: readonly NewEvent[],
  { now, retentionInDays }: { readonly now: number; readonly retentionInDays: number | undefined },
): SortedBatch {
  const tooOld = countBefore(events, now - batch.pastMilliseconds)
  const expired =
    retentionInDays === undefined ? 0 : countBefore(events, now - retentionInDays * dayMilliseconds)
  const newFrom = countBefore(events, now + batch.futureMilliseconds + 1)
  const accepted = events.slice(Math.max(tooOld, expired), newFrom)
  refuseLongSpan(accepted)
  if (accepted.length === events.length) return { accepted }
  const rejected = {
    ...(newFrom < events.length && { tooNewLogEventStartIndex: newFrom }),
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > 0 && { expiredLogEventEndIndex: expired }),
  }
  return { accepted, rejected }
}

/** Events are in order, so that those before a time are the first ones. */
function countBefore(events: readonly NewEvent[], time: number): number {
  const index = events.findIndex(({ timestamp }) => timestamp >= time)
  return index === -1 ? events.length : index
}

function checkEvent({ timestamp, message }: InputLogEvent, index: number): NewEvent {
  const isFit = message !== undefined && message !== '' && Number.isSafeInteger(timestamp)
  if (!isFit || timestamp === undefined || timestamp < 0) {
    throw unfitEvent({ timestamp, message }, `logEvents.${index + 1}.member`)
  }
  return { timestamp, message }
}

function unfitEvent({ timestamp, message }: InputLogEvent, member: string): Error {
  return constraintsFailed([
    ...checkPresent(`${member}.timestamp`, timestamp),
    ...checkNumber(`${member}.timestamp`, timestamp, { minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    ...checkPresent(`${member}.message`, message),
    ...checkLength(`${member}.message`, message, { minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  ])
}

function refuseLarge(events: readonly NewEvent[]): void {
  let total = 0
  for (const { message } of events) {
    const bytes = Buffer.byteLength(message) + eventOverheadBytes
    if (bytes > batch.eventBytes) {
      throw invalidParameter(`Log event too large: ${bytes} bytes exceeds limit of ${batch.eventBytes}`)
    }
    total += bytes
  }
  if (total > batch.bytes) {
    throw invalidParameter(`Upload too large: ${total} bytes exceeds limit of ${batch.bytes}`)
  }
}

function refuseLongSpan(events: readonly NewEvent[]): void {
  const [first] = events
  const last = events.at(-1)
  if (first && last && last.timestamp - first.timestamp > batch.spanMilliseconds) {
    throw invalidParameter(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    )
  }
}
