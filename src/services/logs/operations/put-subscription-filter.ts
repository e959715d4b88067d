import type { PutSubscriptionFilterRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { invalidParameter, limitExceeded, onlyStandard, optionNotImplemented } from '../errors.ts'
import { findGroup } from '../groups/find.ts'
import { patternLength, subscriptions } from '../limits.ts'
import { compilePattern } from '../patterns/pattern.ts'
import type { LogsState } from '../state.ts'
import { checkDestination } from '../subscriptions/destination.ts'
import { checkChoice, checkFilterName, checkLength, checkPresent, refuse } from '../validation.ts'

/**
 * Sends a group's events that match a pattern to a function from now on; two filters at most.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
 */
export const putSubscriptionFilter: Operation<LogsState, PutSubscriptionFilterRequest, object> = async (
  state,
  input,
  context,
) => {
  checkInput(input)
  const { filterName: name = '', filterPattern: pattern = '', destinationArn = '' } = input
  const group = findGroup(state, input.logGroupName)
  if (group.logGroupClass !== 'STANDARD') throw onlyStandard()
  compilePattern(pattern)
  const isNew = !group.subscriptionFilters.has(name)
  if (isNew && group.subscriptionFilters.size >= subscriptions.filters) throw limitExceeded()
  const principal = await checkDestination(group, destinationArn, context)
  const { distribution = 'ByLogStream' } = input
  const createdAt = context.clock.now()
  group.subscriptionFilters.set(name, { name, pattern, destinationArn, principal, distribution, createdAt })
  return {}
}

function checkInput(input: PutSubscriptionFilterRequest): void {
  refuse(
    checkPresent('filterName', input.filterName),
    checkFilterName('filterName', input.filterName),
    checkPresent('filterPattern', input.filterPattern),
    checkLength('filterPattern', input.filterPattern, patternLength),
    checkPresent('destinationArn', input.destinationArn),
    checkChoice('distribution', input.distribution, ['Random', 'ByLogStream']),
  )
  if (input.roleArn !== undefined && input.destinationArn?.startsWith('arn:aws:lambda:')) {
    throw invalidParameter('destinationArn for vendor lambda cannot be used with roleArn')
  }
  for (const option of ['fieldSelectionCriteria', 'emitSystemFields'] as const) {
    if (input[option] !== undefined) throw optionNotImplemented(`logs:PutSubscriptionFilter with ${option}`)
  }
  if (input.applyOnTransformedLogs === true) {
    throw optionNotImplemented('logs:PutSubscriptionFilter with applyOnTransformedLogs')
  }
}
