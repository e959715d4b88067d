import type { LogStream, StoredEvent } from '../state.ts'
import { comparePositions, indexAt, type Position } from './position.ts'
import { sortedEvents } from './store.ts'

/** An event and the stream that it is of. */
export interface StreamEvent {
  readonly stream: LogStream
  readonly event: StoredEvent
}

/** One stream's next event. */
interface Head extends StreamEvent {
  readonly events: readonly StoredEvent[]
  readonly index: number
}

/** Gives the events of several streams from a position on, in one order of time and arrival. */
export function* mergeStreams(streams: Iterable<LogStream>, from: Position): Generator<StreamEvent> {
  const heap: Head[] = []
  for (const stream of streams) {
    const events = sortedEvents(stream)
    push(heap, headAt({ stream, events, index: indexAt(events, from) }))
  }
  for (let head = heap[0]; head !== undefined; head = heap[0]) {
    yield head
    replaceFirst(heap, headAt({ ...head, index: head.index + 1 }))
  }
}

function headAt({ stream, events, index }: Omit<Head, 'event'>): Head | undefined {
  const event = events[index]
  return event && { stream, events, index, event }
}

function push(heap: Head[], head: Head | undefined): void {
  if (head === undefined) return
  let at = heap.push(head) - 1
  while (at > 0) {
    const parent = (at - 1) >>> 1
    if (!isBefore(heap[at], heap[parent])) return
    swap(heap, at, parent)
    at = parent
  }
}

function replaceFirst(heap: Head[], head: Head | undefined): void {
  const next = head ?? heap.pop()
  if (next === undefined || heap.length === 0) return
  heap[0] = next
  sink(heap)
}

function sink(heap: Head[]): void {
  let at = 0
  for (;;) {
    const left = at * 2 + 1
    const least = isBefore(heap[left + 1], heap[left]) ? left + 1 : left
    if (!isBefore(heap[least], heap[at])) return
    swap(heap, at, least)
    at = least
  }
}

function isBefore(left: Head | undefined, right: Head | undefined): boolean {
  return left !== undefined && (right === undefined || comparePositions(left.event, right.event) < 0)
}

function swap(heap: Head[], left: number, right: number): void {
  const held = heap[left] as Head
  heap[left] = heap[right] as Head
  heap[right] = held
}
