import type {
  GetLogEventsRequest,
  GetLogEventsResponse,
  OutputLogEvent,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { invalidToken } from '../errors.ts'
import { parsePosition } from '../events/position.ts'
import { formatStreamToken, readStream, type StreamToken } from '../events/read-stream.ts'
import { sortedEvents } from '../events/store.ts'
import { findReferredGroup, findStream, refuseOtherClasses } from '../groups/find.ts'
import { page } from '../limits.ts'
import type { LogsState, StoredEvent } from '../state.ts'
import { checkNumber, checkPresent, checkStreamName, refuse } from '../validation.ts'

/**
 * Reads one stream in either direction.
 * DIFFERS: its tokens never expire; AWS's do after a day.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
export const getLogEvents: Operation<LogsState, GetLogEventsRequest, GetLogEventsResponse> = (
  state,
  input,
  context,
) => {
  const { logStreamName, limit, startTime = 0, endTime, nextToken } = input
  refuse(
    checkPresent('logStreamName', logStreamName),
    checkStreamName(logStreamName),
    checkNumber('limit', limit, { minimum: 1, maximum: page.events }),
    checkTimes(input),
  )
  const group = findReferredGroup(state, input, context)
  const stream = findStream(group, logStreamName)
  refuseOtherClasses(group, 'GetLogEvents')
  const read = readStream(sortedEvents(stream), {
    startTime,
    endTime: endTime ?? Number.POSITIVE_INFINITY,
    limit,
    startsFromHead: input.startFromHead === true,
    token: nextToken === undefined ? undefined : parseToken(nextToken),
  })
  return {
    events: read.events.map(showEvent),
    nextForwardToken: formatStreamToken(read.forward),
    nextBackwardToken: formatStreamToken(read.backward),
  }
}

function showEvent({ timestamp, message, ingestionTime }: StoredEvent): OutputLogEvent {
  return { timestamp, message, ingestionTime }
}

function parseToken(token: string): StreamToken {
  const match = /^([fb])\/(\d{56})\/s$/.exec(token)
  const position = parsePosition(match?.[2] ?? '')
  if (!match || !position) throw invalidToken()
  return { direction: match[1] === 'f' ? 'f' : 'b', position }
}

/** AWS's complaints about times before 1970. */
function checkTimes({ startTime, endTime }: GetLogEventsRequest): string[] {
  const bounds = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER }
  return [...checkNumber('startTime', startTime, bounds), ...checkNumber('endTime', endTime, bounds)]
}
