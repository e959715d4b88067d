import type { DescribeLogStreamsRequest, DescribeLogStreamsResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { invalidParameter } from '../errors.ts'
import { sortedEvents } from '../events/store.ts'
import { describeStream } from '../groups/describe.ts'
import { findReferredGroup } from '../groups/find.ts'
import { compareNames, compareTimes, cutPage, type PageKey } from '../groups/paging.ts'
import { described } from '../limits.ts'
import type { LogStream, LogsState } from '../state.ts'
import { checkChoice, checkNumber, checkStreamName, refuse } from '../validation.ts'

/**
 * Lists the streams of a group by name, or by the time of their last event (those without any come first).
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html
 */
export const describeLogStreams: Operation<
  LogsState,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse
> = (state, input, context) => {
  const { orderBy = 'LogStreamName', logStreamNamePrefix = '', descending = false } = input
  checkInput(input)
  const group = findReferredGroup(state, input, context)
  const compare = orderBy === 'LastEventTime' ? compareTimes : compareNames
  const { items, nextToken } = cutPage({
    items: [...group.streams.values()].filter(({ name }) => name.startsWith(logStreamNamePrefix)),
    keyOf,
    compare: descending ? (left, right) => compare(right, left) : compare,
    limit: input.limit ?? described.default,
    token: input.nextToken,
  })
  const logStreams = items.map(stream => describeStream(stream, { group, context }))
  return { logStreams, ...(nextToken !== undefined && { nextToken }) }
}

function checkInput({ orderBy, logStreamNamePrefix, limit }: DescribeLogStreamsRequest): void {
  refuse(
    checkStreamName(logStreamNamePrefix, 'logStreamNamePrefix'),
    checkChoice('orderBy', orderBy, ['LogStreamName', 'LastEventTime']),
    checkNumber('limit', limit, described),
  )
  if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
  }
}

function keyOf(stream: LogStream): PageKey {
  return { name: stream.name, time: sortedEvents(stream).at(-1)?.timestamp ?? 0 }
}
