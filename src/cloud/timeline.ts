/** One request as the timeline keeps it. */
export interface RequestLine {
  /** Milliseconds since the epoch, when the request arrived. */
  readonly time: number
  readonly service: string
  readonly operation: string
  /** e.g. `datalake/raw/ventas.csv`; empty where the operation has none. */
  readonly resource: string
  readonly status: number
  readonly milliseconds: number
  readonly accountId: string
  readonly requestId: string
  /** Set for an invocation of a function: it stands under the request or the event that caused it. */
  readonly invocation?: InvocationFacts
}

/** How a function was invoked, and how that ended. */
export interface InvocationFacts {
  /** `event`: asynchronously, by a service or with `InvocationType=Event`. */
  readonly cause: 'call' | 'event' | 'url'
  readonly outcome: 'ok' | 'error' | 'undelivered'
}

/** The latest requests, oldest first. */
export interface Timeline {
  add(line: RequestLine): void
  lines(): RequestLine[]
  clear(): void
}

/** Creates a timeline that keeps the last `capacity` requests. */
export function createTimeline(capacity: number): Timeline {
  let ring: RequestLine[] = []
  let next = 0
  return {
    add: line => {
      ring[next % capacity] = line
      next += 1
    },
    lines: () => {
      const start = next <= capacity ? 0 : next % capacity
      return [...ring.slice(start), ...ring.slice(0, start)]
    },
    clear: () => {
      ring = []
      next = 0
    },
  }
}
