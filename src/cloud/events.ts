/** Something that happened in one service and that another may act upon. */
export interface CloudEvent {
  /** The emitting service and what happened, e.g. `s3:ObjectCreated:Put`. */
  readonly type: string
  readonly accountId: string
  readonly region: string
  /** Milliseconds since the epoch, on the cloud's clock. */
  readonly time: number
  readonly detail: Readonly<Record<string, unknown>>
}

/** The only way from one service to another. */
export interface EventPort {
  emit(event: CloudEvent): void
}

/** Acts upon an event; a promise it gives is waited for by `idle`. */
export type EventListener = (event: CloudEvent) => Promise<void> | void

/** An event port whose listeners the composition root connects. */
export interface EventBus extends EventPort {
  /** Hears every event whose type starts with `prefix`. */
  listen(prefix: string, listener: EventListener): void
  /** Resolves when no event waits and no listener is at work. */
  idle(): Promise<void>
}

/** Creates a bus; listeners are called in order, after the operation that emitted has answered. */
export function createEventBus(): EventBus {
  const listeners: { prefix: string; listener: EventListener }[] = []
  let pending = 0
  let waiting: (() => void)[] = []
  const deliver = async (listener: EventListener, event: CloudEvent): Promise<void> => {
    try {
      await listener(event)
    } finally {
      pending -= 1
      if (pending === 0) {
        for (const resolve of waiting.splice(0)) resolve()
      }
    }
  }
  return {
    listen: (prefix, listener) => listeners.push({ prefix, listener }),
    emit: event => {
      for (const { prefix, listener } of listeners) {
        if (!event.type.startsWith(prefix)) continue
        pending += 1
        setImmediate(deliver, listener, event)
      }
    },
    idle: () =>
      new Promise(resolve => {
        if (pending === 0) resolve()
        else waiting = [...waiting, resolve]
      }),
  }
}
