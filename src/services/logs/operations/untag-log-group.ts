import type { UntagLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { findGroup } from '../groups/find.ts'
import type { LogsState } from '../state.ts'
import { checkPresent, refuse } from '../validation.ts'

/**
 * Takes tags from a log group; the older API, by name.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagLogGroup.html
 */
export const untagLogGroup: Operation<LogsState, UntagLogGroupRequest, object> = (state, input) => {
  refuse(checkPresent('tags', input.tags))
  const group = findGroup(state, input.logGroupName)
  for (const key of input.tags ?? []) group.tags.delete(key)
  return {}
}
