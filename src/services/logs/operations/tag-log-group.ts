import type { TagLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { findGroup } from '../groups/find.ts'
import { putTags } from '../groups/tags.ts'
import type { LogsState } from '../state.ts'
import { checkPresent, refuse } from '../validation.ts'

/**
 * Adds tags to a log group; the older API, by name.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagLogGroup.html
 */
export const tagLogGroup: Operation<LogsState, TagLogGroupRequest, object> = (state, input) => {
  refuse(checkPresent('tags', input.tags))
  putTags(findGroup(state, input.logGroupName), input.tags ?? {})
  return {}
}
