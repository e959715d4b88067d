import type { TagResourceRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { findTaggable } from '../groups/find.ts'
import { putTags } from '../groups/tags.ts'
import type { LogsState } from '../state.ts'
import { checkPresent, refuse } from '../validation.ts'

/**
 * Adds tags to a log group, by its ARN.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html
 */
export const tagResource: Operation<LogsState, TagResourceRequest, object> = (state, input, context) => {
  refuse(checkPresent('tags', input.tags))
  putTags(findTaggable(state, input.resourceArn, context), input.tags ?? {})
  return {}
}
