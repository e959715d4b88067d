import type { CreateLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { alreadyExists } from '../errors.ts'
import { addStream } from '../groups/create.ts'
import { findGroup } from '../groups/find.ts'
import type { LogsState } from '../state.ts'
import { checkGroupName, checkPresent, checkStreamName, refuse } from '../validation.ts'

/**
 * Creates a log stream in a group.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html
 */
export const createLogStream: Operation<LogsState, CreateLogStreamRequest, object> = (
  state,
  input,
  context,
) => {
  const { logGroupName, logStreamName } = input
  refuse(
    checkPresent('logGroupName', logGroupName),
    checkGroupName(logGroupName),
    checkPresent('logStreamName', logStreamName),
    checkStreamName(logStreamName),
  )
  const group = findGroup(state, logGroupName)
  if (group.streams.has(logStreamName ?? '')) throw alreadyExists('stream')
  addStream(group, logStreamName ?? '', context.clock.now())
  return {}
}
