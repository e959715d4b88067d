import type { DeleteRetentionPolicyRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { findGroup } from '../groups/find.ts'
import type { LogsState } from '../state.ts'

/**
 * Lets the events of a group never expire.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html
 */
export const deleteRetentionPolicy: Operation<LogsState, DeleteRetentionPolicyRequest, object> = (
  state,
  input,
) => {
  delete findGroup(state, input.logGroupName).retentionInDays
  return {}
}
