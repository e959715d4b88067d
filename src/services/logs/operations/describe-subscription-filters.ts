import type {
  SubscriptionFilter as DescribedFilter,
  DescribeSubscriptionFiltersRequest,
  DescribeSubscriptionFiltersResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { onlyStandard } from '../errors.ts'
import { findGroup } from '../groups/find.ts'
import { compareNames, cutPage } from '../groups/paging.ts'
import { described } from '../limits.ts'
import type { LogGroup, LogsState, SubscriptionFilter } from '../state.ts'
import { checkFilterName, checkNumber, refuse } from '../validation.ts'

/**
 * Lists the subscription filters of a group by name.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeSubscriptionFilters.html
 */
export const describeSubscriptionFilters: Operation<
  LogsState,
  DescribeSubscriptionFiltersRequest,
  DescribeSubscriptionFiltersResponse
> = (state, { logGroupName, filterNamePrefix, limit, nextToken: token }) => {
  refuse(checkFilterName('filterNamePrefix', filterNamePrefix), checkNumber('limit', limit, described))
  const group = findGroup(state, logGroupName)
  if (group.logGroupClass !== 'STANDARD') throw onlyStandard()
  const { items, nextToken } = cutPage({
    items: [...group.subscriptionFilters.values()].filter(({ name }) =>
      name.startsWith(filterNamePrefix ?? ''),
    ),
    keyOf: ({ name }) => ({ name, time: 0 }),
    compare: compareNames,
    limit: limit ?? described.default,
    token,
  })
  return {
    subscriptionFilters: items.map(filter => showFilter(filter, group)),
    ...(nextToken !== undefined && { nextToken }),
  }
}

function showFilter(filter: SubscriptionFilter, { name }: LogGroup): DescribedFilter {
  return {
    filterName: filter.name,
    logGroupName: name,
    filterPattern: filter.pattern,
    destinationArn: filter.destinationArn,
    distribution: filter.distribution,
    applyOnTransformedLogs: false,
    creationTime: filter.createdAt,
  }
}
