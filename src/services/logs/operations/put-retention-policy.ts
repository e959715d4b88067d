import type { PutRetentionPolicyRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { invalidParameter } from '../errors.ts'
import { findGroup } from '../groups/find.ts'
import { retentionDays } from '../limits.ts'
import type { LogsState } from '../state.ts'
import { checkGroupName, checkPresent, refuse } from '../validation.ts'

/**
 * Sets after how many days the events of a group expire.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const putRetentionPolicy: Operation<LogsState, PutRetentionPolicyRequest, object> = (state, input) => {
  const { logGroupName, retentionInDays } = input
  refuse(
    checkPresent('logGroupName', logGroupName),
    checkGroupName(logGroupName),
    checkPresent('retentionInDays', retentionInDays),
  )
  if (retentionInDays === undefined || !retentionDays.includes(retentionInDays)) {
    throw invalidParameter(`Invalid retention value. Valid values are: [${retentionDays.join(', ')}]`)
  }
  findGroup(state, logGroupName).retentionInDays = retentionInDays
  return {}
}
