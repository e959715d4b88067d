import type { CloudEvent } from '../../cloud/events.ts'
import { type NewEvent, storeEvents } from './events/store.ts'
import { addGroup, addStream } from './groups/create.ts'
import type { LogsState } from './state.ts'

/** Lines that a function printed. */
export interface FunctionOutput {
  readonly logGroup: string
  readonly logStream: string
  readonly lines: readonly NewEvent[]
}

/** Stores what a function printed; its group and its stream appear with its first line, and again if they were deleted. */
export function storeOutput(state: LogsState, output: FunctionOutput, now: number): void {
  const group = state.groups.get(output.logGroup) ?? addGroup(state, { name: output.logGroup }, now)
  const stream = group.streams.get(output.logStream) ?? addStream(group, output.logStream, now)
  storeEvents(state, { stream, events: output.lines }, now)
}

/** Reads the detail of a `lambda:Output` event; a detail of another shape is a bug of who emitted it. */
export function outputOf({ type, detail }: CloudEvent): FunctionOutput {
  const { logGroup, logStream, lines } = detail
  if (typeof logGroup === 'string' && typeof logStream === 'string' && Array.isArray(lines)) {
    return { logGroup, logStream, lines }
  }
  throw new TypeError(`${type} carries no logGroup, logStream and lines`)
}
