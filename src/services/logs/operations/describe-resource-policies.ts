import type {
  DescribeResourcePoliciesRequest,
  DescribeResourcePoliciesResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { compareNames, cutPage } from '../groups/paging.ts'
import { described } from '../limits.ts'
import { policyKey, showPolicy } from '../policies/scope.ts'
import type { LogsState } from '../state.ts'
import { checkChoice, checkNumber, refuse } from '../validation.ts'

/**
 * Lists the resource policies of the account, or those of groups.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeResourcePolicies.html
 */
export const describeResourcePolicies: Operation<
  LogsState,
  DescribeResourcePoliciesRequest,
  DescribeResourcePoliciesResponse
> = (state, { policyScope, resourceArn, limit, nextToken: token }) => {
  refuse(
    checkChoice('policyScope', policyScope, ['ACCOUNT', 'RESOURCE']),
    checkNumber('limit', limit, described),
  )
  const isOfResource = policyScope === 'RESOURCE' || resourceArn !== undefined
  const { items, nextToken } = cutPage({
    items: [...state.resourcePolicies.values()].filter(
      policy =>
        (policy.resourceArn !== undefined) === isOfResource &&
        (resourceArn === undefined || policy.resourceArn === resourceArn),
    ),
    keyOf: policy => ({ name: policyKey(policy), time: 0 }),
    compare: compareNames,
    limit: limit ?? described.default,
    token,
  })
  return {
    resourcePolicies: items.map(showPolicy),
    ...(nextToken !== undefined && { nextToken }),
  }
}
