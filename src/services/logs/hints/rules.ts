import type { HintRule, Seen } from '../../../cloud/hints/hint.ts'
import { findNearName } from '../../../cloud/hints/near-name.ts'
import type { CallDescription, DescribedCall } from '../../../cloud/service.ts'
import { parseArn } from '../../../core/arn.ts'
import type { LogsState } from '../state.ts'

/** Where a function's lines go. */
const functionGroups = '/aws/lambda/'

/** The group that a call names, by name or ARN, or the beginning of the names that it lists. */
function namedGroup(input: Readonly<Record<string, unknown>> = {}): string | undefined {
  const given = input.logGroupName ?? input.logGroupIdentifier ?? input.logGroupNamePrefix
  if (typeof given !== 'string') return undefined
  return parseArn(given)?.resource.replace(/^log-group:|:\*$/g, '') ?? given
}

/** Calls are made to the service's root; what they are about is in their input. */
export function describeCall({ input }: DescribedCall): CallDescription | undefined {
  const resource = namedGroup(input)
  return resource === undefined ? undefined : { resource }
}

/** The group that was asked for and is not there: told by an error, or by a listing without rows. */
function absentGroup({ input, output, error }: Seen, { groups }: LogsState): string | undefined {
  const name = namedGroup(input)
  if (name === undefined || groups.has(name)) return undefined
  if (error) return name
  const { logGroups } = output ?? {}
  return Array.isArray(logGroups) && logGroups.length === 0 && name.startsWith(functionGroups)
    ? name
    : undefined
}

/** A rule about groups that are not there; listings ask for them as well. */
function absentGroupRules(
  id: string,
  find: (name: string, scope: Parameters<HintRule<LogsState>['find']>[1]) => ReturnType<HintRule['find']>,
): HintRule<LogsState>[] {
  const look: HintRule<LogsState>['find'] = (seen, scope) => {
    const name = absentGroup(seen, scope.state)
    return name === undefined ? undefined : find(name, scope)
  }
  return [
    { id, on: 'failure', codes: ['ResourceNotFoundException'], find: look },
    { id, on: 'success', operations: ['DescribeLogGroups'], find: look },
  ]
}

const elsewhere = absentGroupRules('logs.group-elsewhere', (group, { states, accountId, region }) => {
  for (const other of states()) {
    if (!other.state.groups.has(group)) continue
    const facts = { group, region, accountId, otherRegion: other.region, otherAccount: other.accountId }
    const tryIt = ['logs', 'describe-log-groups', '--log-group-name-prefix', group, '--region', other.region]
    return { facts, tryIt }
  }
  return undefined
})

const nearName = absentGroupRules('logs.group-near', (group, { state }) => {
  const existing = state.groups.has(functionGroups + group)
    ? functionGroups + group
    : findNearName(group, state.groups.keys())
  if (existing === undefined) return undefined
  return { facts: { group, existing }, tryIt: ['logs', 'tail', existing] }
})

/** A function's group is made with its first line: nobody has invoked it yet, or its role may not write. */
const unborn = absentGroupRules('logs.group-not-yet', group => {
  if (!group.startsWith(functionGroups)) return undefined
  const name = group.slice(functionGroups.length)
  if (name === '') return undefined
  return {
    facts: { group, function: name },
    tryIt: ['lambda', 'invoke', '--function-name', name, '/dev/stdout'],
  }
})

/** Mistakes with CloudWatch Logs that show in the timeline. */
export const hints: readonly HintRule<LogsState>[] = [...elsewhere, ...nearName, ...unborn]
