import type { ListTagsLogGroupRequest, ListTagsLogGroupResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { findGroup } from '../groups/find.ts'
import type { LogsState } from '../state.ts'

/**
 * Lists the tags of a log group; the older API, by name.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsLogGroup.html
 */
export const listTagsLogGroup: Operation<LogsState, ListTagsLogGroupRequest, ListTagsLogGroupResponse> = (
  state,
  input,
) => ({ tags: Object.fromEntries(findGroup(state, input.logGroupName).tags) })
