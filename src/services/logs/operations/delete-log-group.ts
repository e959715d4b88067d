import type { DeleteLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { deletionProtected } from '../errors.ts'
import { findGroup } from '../groups/find.ts'
import type { LogsState } from '../state.ts'

/**
 * Deletes a log group with its streams and their events.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html
 */
export const deleteLogGroup: Operation<LogsState, DeleteLogGroupRequest, object> = (state, input) => {
  const group = findGroup(state, input.logGroupName)
  if (group.isDeletionProtected) throw deletionProtected()
  state.groups.delete(group.name)
  return {}
}
