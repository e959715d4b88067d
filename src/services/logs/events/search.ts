import { scannedEvents } from '../limits.ts'
import type { FilterPattern } from '../patterns/pattern.ts'
import type { LogStream } from '../state.ts'
import { mergeStreams, type StreamEvent } from './merge.ts'
import { emptyPage, takeRoom } from './page.ts'
import type { Position } from './position.ts'

/** What to look for, and where. */
export interface Search {
  readonly streams: Iterable<LogStream>
  readonly pattern: FilterPattern
  readonly from: Position
  /** Milliseconds, inclusive. */
  readonly endTime: number
  readonly limit: number | undefined
}

/** A page of what was found; it may be empty and yet have more after it. */
export interface SearchPage {
  readonly found: readonly StreamEvent[]
  /** Where the next page begins. */
  readonly next?: Position
}

/** Looks through a bounded number of events, in order of time and arrival. */
export function search({ streams, pattern, from, endTime, limit }: Search): SearchPage {
  const room = emptyPage(limit)
  const found: StreamEvent[] = []
  let scanned = 0
  for (const { stream, event } of mergeStreams(streams, from)) {
    if (event.timestamp > endTime) break
    if (scanned === scannedEvents) return { found, next: event }
    scanned += 1
    if (!pattern.matches(event.message)) continue
    if (!takeRoom(room, event)) return { found, next: event }
    found.push({ stream, event })
  }
  return { found }
}
