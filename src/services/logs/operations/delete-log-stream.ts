import type { DeleteLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { deletionProtected } from '../errors.ts'
import { findGroup, findStream } from '../groups/find.ts'
import type { LogsState } from '../state.ts'
import { checkPresent, checkStreamName, refuse } from '../validation.ts'

/**
 * Deletes a log stream and its events.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html
 */
export const deleteLogStream: Operation<LogsState, DeleteLogStreamRequest, object> = (state, input) => {
  const { logGroupName, logStreamName } = input
  refuse(checkPresent('logStreamName', logStreamName), checkStreamName(logStreamName))
  const group = findGroup(state, logGroupName)
  const stream = findStream(group, logStreamName)
  if (group.isDeletionProtected) throw deletionProtected()
  group.streams.delete(stream.name)
  return {}
}
