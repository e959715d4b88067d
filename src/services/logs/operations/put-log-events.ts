import type { PutLogEventsRequest, PutLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { constraintsFailed } from '../errors.ts'
import { announceEvents } from '../events/announce.ts'
import { checkBatch, sortOut } from '../events/batch.ts'
import { formatPosition } from '../events/position.ts'
import { storeEvents } from '../events/store.ts'
import { findGroup, findStream } from '../groups/find.ts'
import { batch } from '../limits.ts'
import type { LiveTail } from '../live-tail/live-tail.ts'
import type { LogsState } from '../state.ts'
import { checkGroupName, checkPresent, checkStreamName, refuse } from '../validation.ts'

/**
 * Stores a batch of events; the sequence token is not asked for any more. Entities are taken and not kept: nothing in
 * this API shows them.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export const putLogEvents: Operation<LogsState, PutLogEventsRequest, PutLogEventsResponse, LiveTail> = (
  state,
  input,
  context,
) => {
  const events = checkBatch(checkInput(input))
  const group = findGroup(state, input.logGroupName)
  const stream = findStream(group, input.logStreamName)
  const now = context.clock.now()
  const { accepted, rejected } = sortOut(events, { now, retentionInDays: group.retentionInDays })
  const stored = storeEvents(state, { stream, events: accepted }, now)
  announceEvents({ group, stream, events: stored }, { ...context, now }, context.live)
  return {
    nextSequenceToken: formatPosition({ timestamp: now, sequence: state.sequence }),
    ...(rejected && { rejectedLogEventsInfo: rejected }),
  }
}

function checkInput({ logGroupName, logStreamName, logEvents }: PutLogEventsRequest) {
  refuse(
    checkPresent('logGroupName', logGroupName),
    checkGroupName(logGroupName),
    checkPresent('logStreamName', logStreamName),
    checkStreamName(logStreamName),
    checkPresent('logEvents', logEvents),
  )
  const events = logEvents ?? []
  if (events.length === 0) throw wrongCount('greater than or equal to 1')
  if (events.length > batch.events) throw wrongCount(`less than or equal to ${batch.events}`)
  return events
}

function wrongCount(constraint: string): Error {
  return constraintsFailed([
    `Value '[...]' at 'logEvents' failed to satisfy constraint: Member must have length ${constraint}`,
  ])
}
