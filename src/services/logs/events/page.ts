import { eventOverheadBytes, page } from '../limits.ts'
import type { StoredEvent } from '../state.ts'

/** What still fits on a page. */
export interface Room {
  events: number
  bytes: number
}

/** An empty page of at most `limit` events. */
export function emptyPage(limit: number = page.events): Room {
  return { events: limit, bytes: page.bytes }
}

/** Takes room for an event, or says that there is none; the first event of a page always fits. */
export function takeRoom(room: Room, { bytes }: StoredEvent): boolean {
  const isFirst = room.bytes === page.bytes
  const needed = bytes + eventOverheadBytes
  if (room.events < 1 || (needed > room.bytes && !isFirst)) return false
  room.events -= 1
  room.bytes -= needed
  return true
}
