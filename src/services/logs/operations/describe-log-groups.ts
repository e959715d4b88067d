import type {
  LogGroup as DescribedGroup,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Operation, OperationContext } from '../../../cloud/operation.ts'
import { invalidParameter } from '../errors.ts'
import { groupOfArn } from '../groups/arn.ts'
import { checkClass, isListedClass } from '../groups/class.ts'
import { describeGroup, outlineGroup } from '../groups/describe.ts'
import { compareNames, cutPage } from '../groups/paging.ts'
import { described } from '../limits.ts'
import type { LogGroup, LogsState } from '../state.ts'
import { checkGroupName, checkLength, checkNumber, refuse } from '../validation.ts'

/**
 * Lists log groups by name, all of them or those of a prefix, a part of their name, or a class. No account is linked
 * to another, so linked accounts add nothing.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
 */
export const describeLogGroups: Operation<LogsState, DescribeLogGroupsRequest, DescribeLogGroupsResponse> = (
  state,
  input,
  context,
) => {
  checkInput(input)
  const chosen = [...state.groups.values()].filter(group => isChosen(group, input, context))
  const { items, nextToken } = cutPage({
    items: chosen,
    keyOf: ({ name }) => ({ name, time: 0 }),
    compare: compareNames,
    limit: input.limit ?? described.default,
    token: input.nextToken,
  })
  const show = input.logGroupNamePattern === undefined ? describeGroup : outlineGroup
  const logGroups = items.map((group): DescribedGroup => show(group, context))
  return { logGroups, ...(nextToken !== undefined && { nextToken }) }
}

function checkInput(input: DescribeLogGroupsRequest): void {
  const { logGroupNamePrefix, logGroupNamePattern, logGroupIdentifiers } = input
  refuse(
    checkGroupName(logGroupNamePrefix, 'logGroupNamePrefix'),
    checkLength('logGroupNamePattern', logGroupNamePattern, { minimum: 0, maximum: 512 }),
    checkNumber('limit', input.limit, described),
    checkClass(input.logGroupClass),
    checkLength('logGroupIdentifiers', logGroupIdentifiers, { minimum: 1, maximum: 50 }),
  )
  if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
    throw invalidParameter(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    )
  }
}

function isChosen(group: LogGroup, input: DescribeLogGroupsRequest, context: OperationContext): boolean {
  const { logGroupNamePrefix = '', logGroupNamePattern = '', logGroupClass, logGroupIdentifiers } = input
  const names = logGroupIdentifiers?.map(identifier => groupOfArn(identifier, context) ?? identifier)
  return (
    group.name.startsWith(logGroupNamePrefix) &&
    group.name.includes(logGroupNamePattern) &&
    isListedClass(logGroupClass, group.logGroupClass) &&
    (names === undefined || names.includes(group.name))
  )
}
