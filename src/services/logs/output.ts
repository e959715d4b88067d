import { mayRole } from '../../cloud/authorize.ts'
import type { FunctionOutput } from '../../cloud/deliveries.ts'
import type { CloudEvent } from '../../cloud/events.ts'
import type { Platform } from '../../cloud/live-part.ts'
import type { ServiceAccess } from '../../cloud/service.ts'
import { announceEvents } from './events/announce.ts'
import { storeEvents } from './events/store.ts'
import { addGroup, addStream } from './groups/create.ts'
import type { LiveTail } from './live-tail/live-tail.ts'
import { permissions } from './permissions.ts'
import type { LogsState } from './state.ts'

/**
 * Stores what a function printed; its group and its stream appear with its first line, and again if they were deleted.
 * Where permissions decide, a function whose role may not write its log has none.
 */
export async function storeOutput(
  event: CloudEvent,
  { platform, live }: ServiceAccess<LogsState, LiveTail>,
): Promise<void> {
  const output = outputOf(event)
  const { logGroup, logStream, lines } = output
  const state = platform.stateOf(event.accountId, event.region)
  if (platform.enforceIam && !(await mayWrite(event, output, { state, platform }))) return
  const now = platform.clock.now()
  const group = state.groups.get(logGroup) ?? addGroup(state, { name: logGroup }, now)
  const stream = group.streams.get(logStream) ?? addStream(group, logStream, now)
  const stored = storeEvents(state, { stream, events: lines }, now)
  const { accountId, region } = event
  announceEvents({ group, stream, events: stored }, { accountId, region, events: platform.events, now }, live)
}

/** Whether the function's role may do what its output needs. */
async function mayWrite(
  { accountId, region }: CloudEvent,
  { logGroup, logStream, roleArn }: FunctionOutput,
  { state, platform }: { readonly state: LogsState; readonly platform: Platform<LogsState> },
): Promise<boolean> {
  if (roleArn === undefined) return true
  const group = state.groups.get(logGroup)
  const actions = [
    ...(group ? [] : ['CreateLogGroup']),
    ...(group?.streams.has(logStream) ? [] : ['CreateLogStream']),
    'PutLogEvents',
  ]
  const caller = { callerArn: roleArn, callerAccountId: accountId }
  const scope = { state, accountId, region, now: platform.clock.now(), ...caller }
  const needed = actions.flatMap(
    action => permissions[action]?.({ logGroupName: logGroup, logStreamName: logStream }, scope) ?? [],
  )
  const answers = await Promise.all(needed.map(permission => mayRole(platform, roleArn, permission)))
  return answers.every(isAllowed => isAllowed)
}

/** Reads the detail of an event; a detail of another shape is a bug of who emitted it. */
function outputOf({ type, detail }: CloudEvent): FunctionOutput {
  const { logGroup, logStream, lines, roleArn } = detail
  if (typeof logGroup === 'string' && typeof logStream === 'string' && Array.isArray(lines)) {
    return { logGroup, logStream, lines, ...(typeof roleArn === 'string' && { roleArn }) }
  }
  throw new TypeError(`${type} carries no logGroup, logStream and lines`)
}
