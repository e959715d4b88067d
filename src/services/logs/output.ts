import type { FunctionOutput } from '../../cloud/deliveries.ts'
import type { CloudEvent } from '../../cloud/events.ts'
import type { ServiceAccess } from '../../cloud/service.ts'
import { storeEvents } from './events/store.ts'
import { groupArn } from './groups/arn.ts'
import { addGroup, addStream } from './groups/create.ts'
import type { LiveTail } from './live-tail/live-tail.ts'
import type { LogsState } from './state.ts'

/**
 * Stores what a function printed; its group and its stream appear with its first line, and again if they were deleted.
 */
export function storeOutput(event: CloudEvent, { platform, live }: ServiceAccess<LogsState, LiveTail>): void {
  const { logGroup, logStream, lines } = outputOf(event)
  const state = platform.stateOf(event.accountId, event.region)
  const now = platform.clock.now()
  const group = state.groups.get(logGroup) ?? addGroup(state, { name: logGroup }, now)
  const stream = group.streams.get(logStream) ?? addStream(group, logStream, now)
  const stored = storeEvents(state, { stream, events: lines }, now)
  live.publish({ groupArn: groupArn(group.name, event), streamName: stream.name, events: stored })
}

/** Reads the detail of an event; a detail of another shape is a bug of who emitted it. */
function outputOf({ type, detail }: CloudEvent): FunctionOutput {
  const { logGroup, logStream, lines } = detail
  if (typeof logGroup === 'string' && typeof logStream === 'string' && Array.isArray(lines)) {
    return { logGroup, logStream, lines }
  }
  throw new TypeError(`${type} carries no logGroup, logStream and lines`)
}
