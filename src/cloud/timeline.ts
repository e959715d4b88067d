import type { Hint } from './hints/hint.ts'

/** One request as the timeline keeps it. */
export interface RequestLine {
  /** Milliseconds since the epoch, when the request arrived. */
  readonly time: number
  /** `http` for what never got as far as a service. */
  readonly service: string
  /** AWS's name, for data planes as AWS's logs call it (`WEBSITE.GET.OBJECT`); the HTTP method where no operation was found. */
  readonly operation: string
  /** e.g. `datalake/raw/ventas.csv`; empty where the operation has none. */
  readonly resource: string
  /** As it was answered; 499 where the client was gone before an answer began. */
  readonly status: number
  readonly milliseconds: number
  readonly accountId: string
  readonly region?: string
  readonly requestId: string
  /** AWS's code and message where the request failed. */
  readonly error?: { readonly code: string; readonly message: string }
  /** The client was gone before it had its whole answer. */
  readonly brokeOff?: true
  /** Of a listing whose page size was left to the service: whether it is the first page, and the last. */
  readonly page?: { readonly isFirst: boolean; readonly isLast: boolean }
  /** Set for an invocation of a function: it stands under the request or the event that caused it. */
  readonly invocation?: InvocationFacts
  /** What it is likely a sign of. */
  readonly hint?: Hint
}

/** How a function was invoked, and how that ended. */
export interface InvocationFacts {
  /** `event`: asynchronously, by a service or with `InvocationType=Event`. */
  readonly cause: 'call' | 'event' | 'url'
  readonly outcome: 'ok' | 'error' | 'undelivered'
  /** What the function, or the cloud for it, answered instead of a result. */
  readonly error?: { readonly type: string; readonly message: string }
  /** How often the function was invoked in a chain of events that it caused itself, this time included; absent when it did not. */
  readonly chain?: number
}

/** Which lines are asked for. */
export interface TimelineFilter {
  /** Milliseconds since the epoch: requests that ended then or later. */
  readonly since?: number | undefined
  readonly service?: string | undefined
}

/** The latest requests, oldest first. */
export interface Timeline {
  add(line: RequestLine): void
  lines(filter?: TimelineFilter): RequestLine[]
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
    lines: filter => {
      const start = next <= capacity ? 0 : next % capacity
      const all = [...ring.slice(start), ...ring.slice(0, start)]
      return filter ? all.filter(line => isAskedFor(line, filter)) : all
    },
    clear: () => {
      ring = []
      next = 0
    },
  }
}

function isAskedFor({ time, milliseconds, service }: RequestLine, asked: TimelineFilter): boolean {
  if (asked.service !== undefined && service !== asked.service) return false
  // The sum is off by a fraction of a microsecond from the whole number that it was made of.
  return asked.since === undefined || time + milliseconds > asked.since - 0.5
}
