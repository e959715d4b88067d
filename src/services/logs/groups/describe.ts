import type {
  LogGroup as DescribedGroup,
  LogStream as DescribedStream,
} from '@aws-sdk/client-cloudwatch-logs'
import type { OperationContext } from '../../../cloud/operation.ts'
import { formatPosition } from '../events/position.ts'
import { sortedEvents, storedBytes } from '../events/store.ts'
import type { LogGroup, LogStream } from '../state.ts'
import { groupArn, streamArn } from './arn.ts'

/** What every listing says of a group. */
export function outlineGroup(group: LogGroup, context: OperationContext): DescribedGroup {
  const arn = groupArn(group.name, context)
  return {
    logGroupName: group.name,
    creationTime: group.createdAt,
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupClass: group.logGroupClass,
    logGroupArn: arn,
  }
}

/** All that is to be said of a group. */
export function describeGroup(group: LogGroup, context: OperationContext): DescribedGroup {
  let bytes = 0
  for (const stream of group.streams.values()) bytes += storedBytes(stream)
  return {
    ...outlineGroup(group, context),
    ...(group.retentionInDays !== undefined && { retentionInDays: group.retentionInDays }),
    storedBytes: bytes,
    deletionProtectionEnabled: group.isDeletionProtected,
  }
}

/**
 * All that is to be said of a stream; its `storedBytes` is zero since 2019.
 * DIFFERS: the times of its first and last event are right at once; AWS brings them up to date within an hour or so.
 */
export function describeStream(
  stream: LogStream,
  { group, context }: { readonly group: LogGroup; readonly context: OperationContext },
): DescribedStream {
  const events = sortedEvents(stream)
  const [first] = events
  const last = events.at(-1)
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    ...(first && { firstEventTimestamp: first.timestamp }),
    ...(last && { lastEventTimestamp: last.timestamp, uploadSequenceToken: formatPosition(last) }),
    ...(stream.lastIngestionTime !== undefined && { lastIngestionTime: stream.lastIngestionTime }),
    arn: streamArn(group.name, stream.name, context),
    storedBytes: 0,
  }
}
