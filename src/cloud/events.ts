import type { Questions } from './questions.ts'

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
  /** Tells; nobody answers. */
  emit(event: CloudEvent): void
  /** Asks the other services; the first that has an answer gives it, `undefined` when none has. */
  ask<Name extends keyof Questions>(
    name: Name,
    question: Questions[Name]['question'],
  ): Promise<Questions[Name]['answer'] | undefined>
}

/** Acts upon an event; a promise it gives is waited for by `idle`. */
export type EventListener = (event: CloudEvent) => Promise<void> | void

/** Answers a question, or gives `undefined` when it is not for this service; `Questions` says which types belong together. */
export type Responder = (question: unknown) => unknown

/** An event port whose listeners and responders the composition root connects. */
export interface EventBus extends EventPort {
  /** Hears every event whose type starts with `prefix`. */
  listen(prefix: string, listener: EventListener): void
  answer(name: keyof Questions, responder: Responder): void
  /** Whether no event waits and no listener is at work. */
  isIdle(): boolean
  /** Resolves when no event waits and no listener is at work. */
  idle(): Promise<void>
}

/**
 * Creates a bus; listeners are called in order, after the operation that emitted has answered.
 * @param onFailure told of what a listener throws: a bug of ours, since nobody waits for an event's result
 */
export function createEventBus(onFailure: (error: unknown, event: CloudEvent) => void): EventBus {
  const listeners: { prefix: string; listener: EventListener }[] = []
  const responders = new Map<keyof Questions, Responder[]>()
  let pending = 0
  let waiting: (() => void)[] = []
  const deliver = async (listener: EventListener, event: CloudEvent): Promise<void> => {
    try {
      await listener(event)
    } catch (error) {
      onFailure(error, event)
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
    answer: (name, responder) => {
      const known = responders.get(name) ?? []
      responders.set(name, [...known, responder])
    },
    ask: async <Name extends keyof Questions>(name: Name, question: Questions[Name]['question']) => {
      for (const responder of responders.get(name) ?? []) {
        const answer = await responder(question)
        if (answer !== undefined) return answer as Questions[Name]['answer']
      }
      return undefined
    },
    isIdle: () => pending === 0,
    idle: () =>
      new Promise(resolve => {
        if (pending === 0) resolve()
        else waiting = [...waiting, resolve]
      }),
  }
}
