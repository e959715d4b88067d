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

export type EventListener = (event: CloudEvent) => void

/** An event port whose listeners the composition root connects. */
export interface EventBus extends EventPort {
  /** Hears every event whose type starts with `prefix`. */
  listen(prefix: string, listener: EventListener): void
}

/** Creates a bus; listeners are called in order, after the operation that emitted has answered. */
export function createEventBus(): EventBus {
  const listeners: { prefix: string; listener: EventListener }[] = []
  return {
    listen: (prefix, listener) => listeners.push({ prefix, listener }),
    emit: event => {
      for (const { prefix, listener } of listeners) {
        if (event.type.startsWith(prefix)) setImmediate(listener, event)
      }
    },
  }
}
