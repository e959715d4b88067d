import type {
  FilteredLogEvent,
  FilterLogEventsRequest,
  FilterLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { invalidParameter, invalidToken } from '../errors.ts'
import type { StreamEvent } from '../events/merge.ts'
import { formatPosition, type Position, startOf } from '../events/position.ts'
import { search } from '../events/search.ts'
import { findReferredGroup, findStream, refuseOtherClasses } from '../groups/find.ts'
import { namedStreams, page, patternLength, tokenMilliseconds } from '../limits.ts'
import { compilePattern } from '../patterns/pattern.ts'
import type { LogGroup, LogStream, LogsState } from '../state.ts'
import { checkLength, checkNumber, checkStreamName, refuse } from '../validation.ts'

/**
 * Finds events in all or some streams of a group, in order of time. A page looks at 10,000 events at most, so that it
 * may be empty and still have a next one, as AWS's.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export const filterLogEvents: Operation<LogsState, FilterLogEventsRequest, FilterLogEventsResponse> = (
  state,
  input,
  context,
) => {
  const { filterPattern = '', startTime = 0, endTime, limit, nextToken } = input
  checkInput(input)
  const group = findReferredGroup(state, input, context)
  refuseOtherClasses(group, 'FilterLogEvents')
  const now = context.clock.now()
  const { found, next } = search({
    streams: chooseStreams(group, input),
    pattern: compilePattern(filterPattern),
    from: nextToken === undefined ? startOf(startTime) : readToken(nextToken, now),
    endTime: endTime ?? Number.POSITIVE_INFINITY,
    limit,
  })
  return {
    events: found.map(showEvent),
    searchedLogStreams: [],
    ...(next && { nextToken: writeToken(next, now) }),
  }
}

function checkInput(input: FilterLogEventsRequest): void {
  const time = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER }
  refuse(
    checkLength('logStreamNames', input.logStreamNames, namedStreams),
    checkStreamName(input.logStreamNamePrefix, 'logStreamNamePrefix'),
    checkNumber('startTime', input.startTime, time),
    checkNumber('endTime', input.endTime, time),
    checkLength('filterPattern', input.filterPattern, patternLength),
    checkNumber('limit', input.limit, { minimum: 1, maximum: page.events }),
  )
  if (input.logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) {
    throw invalidParameter('logStreamNamePrefix and logStreamNames are mutually exclusive parameters.')
  }
}

/** @throws AwsError ResourceNotFoundException where a stream is named and is not there */
function chooseStreams(
  group: LogGroup,
  { logStreamNames, logStreamNamePrefix = '' }: FilterLogEventsRequest,
): LogStream[] {
  if (logStreamNames === undefined) {
    return [...group.streams.values()].filter(({ name }) => name.startsWith(logStreamNamePrefix))
  }
  return [...new Set(logStreamNames)].map(name => findStream(group, name))
}

function showEvent({ stream, event }: StreamEvent): FilteredLogEvent {
  return {
    logStreamName: stream.name,
    timestamp: event.timestamp,
    message: event.message,
    ingestionTime: event.ingestionTime,
    eventId: formatPosition(event),
  }
}

function writeToken({ timestamp, sequence }: Position, now: number): string {
  return Buffer.from(JSON.stringify([timestamp, sequence, now])).toString('base64url')
}

/** @throws AwsError InvalidParameterException where the token is not one of ours, or of yesterday */
function readToken(token: string, now: number): Position {
  const match = /^\[(\d{1,16}),(\d{1,16}),(\d{1,16})\]$/.exec(
    Buffer.from(token, 'base64url').toString('latin1'),
  )
  if (!match || Number(match[3]) + tokenMilliseconds < now) throw invalidToken()
  return { timestamp: Number(match[1]), sequence: Number(match[2]) }
}
