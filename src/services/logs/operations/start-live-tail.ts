import type {
  LiveTailSessionStart,
  LiveTailSessionUpdate,
  StartLiveTailRequest,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Operation, OperationContext } from '../../../cloud/operation.ts'
import { invalidParameter, limitExceeded } from '../errors.ts'
import { groupArn } from '../groups/arn.ts'
import { findIdentifiedGroup, refuseOtherClasses } from '../groups/find.ts'
import { liveTail as limits, namedStreams, patternLength } from '../limits.ts'
import type { LiveTail } from '../live-tail/live-tail.ts'
import type { TailRequest } from '../live-tail/session.ts'
import { compilePattern } from '../patterns/pattern.ts'
import type { LogsState } from '../state.ts'
import { checkLength, checkPresent, refuse } from '../validation.ts'

/** What follows the answer's head: who listens to what, and then, each second, what has come. */
type TailEvent =
  | { readonly sessionStart: LiveTailSessionStart }
  | { readonly sessionUpdate: LiveTailSessionUpdate }

interface TailAnswer {
  readonly responseStream: AsyncIterable<TailEvent>
}

/**
 * Follows up to ten groups: what is stored in them from now on is sent each second, for three hours.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html
 */
export const startLiveTail: Operation<LogsState, StartLiveTailRequest, TailAnswer, LiveTail> = (
  state,
  input,
  context,
) => {
  checkInput(input)
  const { logEventFilterPattern: filterPattern = '', logStreamNames, logStreamNamePrefixes } = input
  const groupArns = (input.logGroupIdentifiers ?? []).map(identifier =>
    followedGroup(state, identifier, context),
  )
  const pattern = compilePattern(filterPattern)
  if (context.live.count(context.accountId) >= limits.sessions) throw limitExceeded()
  const request: TailRequest = {
    groupArns,
    pattern,
    hasStream: name =>
      (logStreamNames?.includes(name) ?? true) &&
      (logStreamNamePrefixes?.some(prefix => name.startsWith(prefix)) ?? true),
  }
  const start: LiveTailSessionStart = {
    requestId: context.request.id,
    sessionId: context.ids.uuid(),
    logGroupIdentifiers: groupArns,
    logStreamNames: logStreamNames ?? [],
    logStreamNamePrefixes: logStreamNamePrefixes ?? [],
    logEventFilterPattern: filterPattern,
  }
  return { responseStream: follow(start, request, context) }
}

/** The session lasts as long as its events are read. */
async function* follow(
  sessionStart: LiveTailSessionStart,
  request: TailRequest,
  { live, accountId }: OperationContext<LiveTail>,
): AsyncGenerator<TailEvent> {
  const session = live.open(accountId, request)
  try {
    yield { sessionStart }
    for await (const sessionUpdate of session.updates()) yield { sessionUpdate }
  } finally {
    live.forget(session)
  }
}

function followedGroup(state: LogsState, identifier: string, context: OperationContext<LiveTail>): string {
  if (!identifier.startsWith('arn:')) throw invalidParameter('Log groups must be specified by their ARN.')
  const group = findIdentifiedGroup(state, identifier, context)
  refuseOtherClasses(group, 'StartLiveTail')
  return groupArn(group.name, context)
}

function checkInput(input: StartLiveTailRequest): void {
  const { logGroupIdentifiers, logStreamNames, logStreamNamePrefixes } = input
  refuse(
    checkPresent('logGroupIdentifiers', logGroupIdentifiers),
    checkLength('logGroupIdentifiers', logGroupIdentifiers, { minimum: 1, maximum: limits.groups }),
    checkLength('logStreamNames', logStreamNames, namedStreams),
    checkLength('logStreamNamePrefixes', logStreamNamePrefixes, namedStreams),
    checkLength('logEventFilterPattern', input.logEventFilterPattern, patternLength),
  )
  if (logStreamNames !== undefined && logStreamNamePrefixes !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefixes are mutually exclusive parameters.')
  }
  const hasStreams = logStreamNames !== undefined || logStreamNamePrefixes !== undefined
  if (hasStreams && (logGroupIdentifiers?.length ?? 0) > 1) {
    throw invalidParameter('Log streams can be specified only with exactly one log group.')
  }
}
