import type {
  ListLogGroupsRequest,
  ListLogGroupsResponse,
  LogGroupSummary,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { optionNotImplemented } from '../errors.ts'
import { groupArn } from '../groups/arn.ts'
import { checkClass, isListedClass } from '../groups/class.ts'
import { compareNames, cutPage } from '../groups/paging.ts'
import { listed } from '../limits.ts'
import type { LogsState } from '../state.ts'
import { checkNumber, checkPattern, refuse } from '../validation.ts'

const namePattern = {
  expression: /^(?:\^?[.\-_/#A-Za-z0-9]{3,24})(?:\|\^?[.\-_/#A-Za-z0-9]{3,24}){0,4}$/,
  written: '(\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24})(\\|\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24}){0,4}',
}

/**
 * Lists log groups by name, all of them or those that have one of up to five texts in it (`^` for its beginning).
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListLogGroups.html
 */
export const listLogGroups: Operation<LogsState, ListLogGroupsRequest, ListLogGroupsResponse> = (
  state,
  input,
  context,
) => {
  const { logGroupNamePattern, logGroupClass, limit = listed.default } = input
  refuse(
    checkPattern('logGroupNamePattern', logGroupNamePattern, namePattern),
    checkClass(logGroupClass),
    checkNumber('limit', limit, listed),
  )
  refuseOtherFilters(input)
  const { items, nextToken } = cutPage({
    items: [...state.groups.values()].filter(
      group =>
        hasPattern(group.name, logGroupNamePattern) && isListedClass(logGroupClass, group.logGroupClass),
    ),
    keyOf: ({ name }) => ({ name, time: 0 }),
    compare: compareNames,
    limit,
    token: input.nextToken,
  })
  const logGroups = items.map(
    ({ name, logGroupClass }): LogGroupSummary => ({
      logGroupName: name,
      logGroupArn: groupArn(name, context),
      logGroupClass,
    }),
  )
  return { logGroups, ...(nextToken !== undefined && { nextToken }) }
}

function refuseOtherFilters(input: ListLogGroupsRequest): void {
  for (const option of ['dataSources', 'fieldIndexNames', 'logGroupTags'] as const) {
    if (input[option] !== undefined) throw optionNotImplemented(`logs:ListLogGroups with ${option}`)
  }
}

function hasPattern(name: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return true
  return pattern
    .split('|')
    .some(part => (part.startsWith('^') ? name.startsWith(part.slice(1)) : name.includes(part)))
}
