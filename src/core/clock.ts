/** Where the cloud and its operations read the time; milliseconds since the epoch. */
export interface Clock {
  now(): number
}

/** A clock that runs with the machine's and can be moved forward, e.g. for a lifecycle of 90 days. */
export interface MovableClock extends Clock {
  /** Moves the clock forward; `milliseconds` ≥ 0. */
  advance(milliseconds: number): void
}

/** Creates a clock that follows the machine's time plus what it was advanced. */
export function createClock(): MovableClock {
  let offsetMilliseconds = 0
  return {
    now: () => Date.now() + offsetMilliseconds,
    advance: milliseconds => {
      if (!(milliseconds >= 0)) throw new RangeError(`a clock only moves forward, not by ${milliseconds} ms`)
      offsetMilliseconds += milliseconds
    },
  }
}
