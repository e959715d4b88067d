import type { UntagResourceRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { findTaggable } from '../groups/find.ts'
import type { LogsState } from '../state.ts'
import { checkPresent, refuse } from '../validation.ts'

/**
 * Takes tags from a log group, by its ARN.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html
 */
export const untagResource: Operation<LogsState, UntagResourceRequest, object> = (state, input, context) => {
  refuse(checkPresent('tagKeys', input.tagKeys))
  const group = findTaggable(state, input.resourceArn, context)
  for (const key of input.tagKeys ?? []) group.tags.delete(key)
  return {}
}
