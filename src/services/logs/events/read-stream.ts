import type { StoredEvent } from '../state.ts'
import { emptyPage, takeRoom } from './page.ts'
import { after, before, formatPosition, indexAt, type Position, startOf } from './position.ts'

/** What to read of one stream. */
export interface StreamReading {
  /** Milliseconds, inclusive. */
  readonly startTime: number
  /** Milliseconds, exclusive. */
  readonly endTime: number
  readonly limit: number | undefined
  readonly startsFromHead: boolean
  readonly token: StreamToken | undefined
}

/** Where reading goes on: after an event, or before it. */
export interface StreamToken {
  readonly direction: 'f' | 'b'
  readonly position: Position
}

/** A page of a stream, oldest event first, and the ways on from it. */
export interface StreamPage {
  readonly events: readonly StoredEvent[]
  readonly forward: StreamToken
  readonly backward: StreamToken
}

/** Reads one page; at an end of the stream the token for that direction is the one that was given. */
export function readStream(events: readonly StoredEvent[], reading: StreamReading): StreamPage {
  const { token, startsFromHead } = reading
  const isForward = token ? token.direction === 'f' : startsFromHead
  const page = isForward ? readForward(events, reading) : readBackward(events, reading)
  const [first] = page
  const last = page.at(-1)
  if (first === undefined || last === undefined) return { events: [], ...tokensOfNothing(reading) }
  return {
    events: page,
    forward: { direction: 'f', position: last },
    backward: { direction: 'b', position: first },
  }
}

function readForward(events: readonly StoredEvent[], reading: StreamReading): StoredEvent[] {
  const { startTime, endTime, token, limit } = reading
  const head = indexAt(events, startOf(startTime))
  const start = token ? Math.max(head, indexAt(events, after(token.position))) : head
  const room = emptyPage(limit)
  const page: StoredEvent[] = []
  for (let index = start; index < events.length; index += 1) {
    const event = events[index]
    if (event === undefined || event.timestamp >= endTime || !takeRoom(room, event)) break
    page.push(event)
  }
  return page
}

function readBackward(events: readonly StoredEvent[], reading: StreamReading): StoredEvent[] {
  const { startTime, endTime, token, limit } = reading
  const tail = Number.isFinite(endTime) ? indexAt(events, startOf(endTime)) : events.length
  const end = token ? Math.min(tail, indexAt(events, token.position)) : tail
  const room = emptyPage(limit)
  const page: StoredEvent[] = []
  for (let index = end - 1; index >= 0; index -= 1) {
    const event = events[index]
    if (event === undefined || event.timestamp < startTime || !takeRoom(room, event)) break
    page.push(event)
  }
  return page.reverse()
}

/** With the token that was given nothing was left; turning around gives its event again. */
function tokensOfNothing({ token, startTime }: StreamReading): Omit<StreamPage, 'events'> {
  if (token?.direction === 'f') {
    return { forward: token, backward: { direction: 'b', position: after(token.position) } }
  }
  if (token?.direction === 'b') {
    return { forward: { direction: 'f', position: before(token.position) }, backward: token }
  }
  const position = startOf(startTime)
  return { forward: { direction: 'f', position }, backward: { direction: 'b', position } }
}

/** Writes a token in AWS's form, e.g. `f/31132629274945519779805322857203735586714454643391594505/s`. */
export function formatStreamToken({ direction, position }: StreamToken): string {
  return `${direction}/${formatPosition(position)}/s`
}
