import type {
  MetricFilterMatchRecord,
  TestMetricFilterRequest,
  TestMetricFilterResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { patternLength, testedMessages } from '../limits.ts'
import { compilePattern } from '../patterns/pattern.ts'
import type { LogsState } from '../state.ts'
import { checkLength, checkPresent, refuse } from '../validation.ts'

/**
 * Shows which of some messages a filter pattern matches; events are numbered from 0.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html
 */
export const testMetricFilter: Operation<LogsState, TestMetricFilterRequest, TestMetricFilterResponse> = (
  _state,
  { filterPattern, logEventMessages },
) => {
  refuse(
    checkPresent('filterPattern', filterPattern),
    checkLength('filterPattern', filterPattern, patternLength),
    checkPresent('logEventMessages', logEventMessages),
    checkLength('logEventMessages', logEventMessages, testedMessages),
  )
  const pattern = compilePattern(filterPattern ?? '')
  const matches = (logEventMessages ?? []).flatMap((eventMessage, index): MetricFilterMatchRecord[] =>
    pattern.matches(eventMessage)
      ? [{ eventNumber: index, eventMessage, extractedValues: pattern.extract(eventMessage) }]
      : [],
  )
  return { matches }
}
