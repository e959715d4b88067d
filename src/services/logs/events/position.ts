import type { StoredEvent } from '../state.ts'

/** A place among events in their order: on one, or, with a sequence between two integers, between two. */
export interface Position {
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  readonly sequence: number
}

/** Bits of AWS's event ids below the time. */
const lowBits = 144n
/** Bits of those that hold twice the sequence number, from the top; the rest is zero. */
const freeBits = 80n
const idDigits = 56

/** Writes a position as AWS writes ids: 56 decimal digits that are in the order of the events. */
export function formatPosition({ timestamp, sequence }: Position): string {
  const bits = (BigInt(timestamp) << lowBits) | (BigInt(sequence * 2) << freeBits)
  return bits.toString().padStart(idDigits, '0')
}

/** Reads what `formatPosition` wrote; `undefined` for anything else. */
export function parsePosition(text: string): Position | undefined {
  if (!/^\d{56}$/.test(text)) return undefined
  const bits = BigInt(text)
  const sequence = Number((bits & ((1n << lowBits) - 1n)) >> freeBits) / 2
  return { timestamp: Number(bits >> lowBits), sequence }
}

/** The place right before an event. */
export function before({ timestamp, sequence }: Position): Position {
  return { timestamp, sequence: sequence - 0.5 }
}

/** The place right after an event. */
export function after({ timestamp, sequence }: Position): Position {
  return { timestamp, sequence: sequence + 0.5 }
}

/** The place before all events of a time. */
export function startOf(timestamp: number): Position {
  return { timestamp, sequence: 0 }
}

/** Orders events and positions. */
export function comparePositions(left: Position, right: Position): number {
  return left.timestamp - right.timestamp || left.sequence - right.sequence
}

/** Index of the first event at or after a position; the number of events when there is none. */
export function indexAt(events: readonly StoredEvent[], position: Position): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const event = events[middle]
    if (event !== undefined && comparePositions(event, position) < 0) low = middle + 1
    else high = middle
  }
  return low
}
