/** Events in the order in which they came, for one reader. */
export interface Inbox<Event> {
  push(event: Event): void
  /** Resolves when there is an event to take, at once if there is. */
  arrival(): Promise<void>
  /** Takes the oldest event. */
  take(): Event | undefined
}

/** Creates an empty inbox. */
export function createInbox<Event>(): Inbox<Event> {
  const queue: Event[] = []
  let waiting: (() => void)[] = []
  return {
    push: event => {
      queue.push(event)
      const awakened = waiting
      waiting = []
      for (const wake of awakened) wake()
    },
    arrival: () =>
      new Promise(resolve => {
        if (queue.length > 0) resolve()
        else waiting.push(resolve)
      }),
    take: () => queue.shift(),
  }
}
