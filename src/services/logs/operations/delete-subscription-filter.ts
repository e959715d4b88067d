import type { DeleteSubscriptionFilterRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { filterNotFound } from '../errors.ts'
import { findGroup } from '../groups/find.ts'
import type { LogsState } from '../state.ts'
import { checkFilterName, checkPresent, refuse } from '../validation.ts'

/**
 * Forgets a subscription filter.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteSubscriptionFilter.html
 */
export const deleteSubscriptionFilter: Operation<LogsState, DeleteSubscriptionFilterRequest, object> = (
  state,
  { logGroupName, filterName },
) => {
  refuse(checkPresent('filterName', filterName), checkFilterName('filterName', filterName))
  const group = findGroup(state, logGroupName)
  if (!group.subscriptionFilters.delete(filterName ?? '')) throw filterNotFound()
  return {}
}
