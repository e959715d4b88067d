import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { findTaggable } from '../groups/find.ts'
import type { LogsState } from '../state.ts'

/**
 * Lists the tags of a log group, by its ARN.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html
 */
export const listTagsForResource: Operation<
  LogsState,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse
> = (state, input, context) => ({
  tags: Object.fromEntries(findTaggable(state, input.resourceArn, context).tags),
})
