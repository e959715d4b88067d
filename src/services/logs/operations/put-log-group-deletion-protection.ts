import type { PutLogGroupDeletionProtectionRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { findIdentifiedGroup } from '../groups/find.ts'
import type { LogsState } from '../state.ts'
import { checkPresent, refuse } from '../validation.ts'

/**
 * Protects a log group and its streams from being deleted, or no longer.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogGroupDeletionProtection.html
 */
export const putLogGroupDeletionProtection: Operation<
  LogsState,
  PutLogGroupDeletionProtectionRequest,
  object
> = (state, input, context) => {
  const { logGroupIdentifier, deletionProtectionEnabled } = input
  refuse(
    checkPresent('logGroupIdentifier', logGroupIdentifier),
    checkPresent('deletionProtectionEnabled', deletionProtectionEnabled),
  )
  const group = findIdentifiedGroup(state, logGroupIdentifier ?? '', context)
  group.isDeletionProtected = deletionProtectionEnabled === true
  return {}
}
