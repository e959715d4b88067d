import { eventOverheadBytes, streamMemory } from '../limits.ts'
import type { LogStream, LogsState, StoredEvent } from '../state.ts'
import { comparePositions, indexAt, startOf } from './position.ts'

/** An event as it arrives. */
export interface NewEvent {
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  readonly message: string
}

/** Share of a full stream's memory that is freed at once, so that it is not done for each event. */
const freedShare = 1 / 8

/**
 * Appends events to a stream, and gives them as they are stored.
 * DIFFERS: a stream keeps its newest 64 MiB (with 128 bytes for each event besides its message); AWS keeps everything.
 */
export function storeEvents(
  state: LogsState,
  { stream, events }: { readonly stream: LogStream; readonly events: readonly NewEvent[] },
  now: number,
): StoredEvent[] {
  const stored = events.map(({ timestamp, message }): StoredEvent => {
    state.sequence += 1
    const bytes = Buffer.byteLength(message)
    return { timestamp, ingestionTime: now, sequence: state.sequence, message, bytes }
  })
  for (const event of stored) {
    const last = stream.events.at(-1)
    if (last !== undefined && last.timestamp > event.timestamp) stream.isSorted = false
    stream.events.push(event)
    stream.messageBytes += event.bytes
  }
  if (stored.length > 0) stream.lastIngestionTime = now
  if (memoryOf(stream) > streamMemory.bytes) freeMemory(stream)
  return stored
}

/** A stream's events in the order of time and arrival; they are put into it only when somebody looks. */
export function sortedEvents(stream: LogStream): readonly StoredEvent[] {
  if (!stream.isSorted) stream.events.sort(comparePositions)
  stream.isSorted = true
  return stream.events
}

/** Removes the events before a time. */
export function dropEventsBefore(stream: LogStream, timestamp: number): void {
  dropFirst(stream, indexAt(sortedEvents(stream), startOf(timestamp)))
}

/** Bytes that AWS counts for a stream. */
export function storedBytes({ events, messageBytes }: LogStream): number {
  return messageBytes + events.length * eventOverheadBytes
}

function memoryOf({ events, messageBytes }: LogStream): number {
  return messageBytes + events.length * streamMemory.eventBytes
}

function freeMemory(stream: LogStream): void {
  const target = streamMemory.bytes * (1 - freedShare)
  let memory = memoryOf(stream)
  let count = 0
  for (const { bytes } of sortedEvents(stream)) {
    if (memory <= target) break
    memory -= bytes + streamMemory.eventBytes
    count += 1
  }
  dropFirst(stream, count)
}

function dropFirst(stream: LogStream, count: number): void {
  if (count === 0) return
  for (const { bytes } of stream.events.splice(0, count)) stream.messageBytes -= bytes
}
