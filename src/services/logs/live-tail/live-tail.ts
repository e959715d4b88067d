import type { LivePart, Platform } from '../../../cloud/live-part.ts'
import type { LogsState } from '../state.ts'
import { type Arrival, createSession, type TailRequest, type TailSession } from './session.ts'

/** Everybody who follows groups while the cloud runs. */
export interface LiveTail {
  /** Opens a session of an account, which lasts until it is forgotten. */
  open(accountId: string, request: TailRequest): TailSession
  forget(session: TailSession): void
  /** How many sessions an account has. */
  count(accountId: string): number
  /** Tells the sessions of what has been stored. */
  publish(arrival: Arrival): void
}

/** Creates a live tail without sessions. */
export function createLiveTail({ clock, scheduler }: Platform<LogsState>): LiveTail & LivePart {
  const sessions = new Map<TailSession, string>()
  const wakeUps = new Set<() => void>()
  const wait = (milliseconds: number): Promise<void> =>
    new Promise(resolve => {
      const wakeUp = (): void => {
        cancel()
        wakeUps.delete(wakeUp)
        resolve()
      }
      const cancel = scheduler.at(clock.now() + milliseconds, wakeUp)
      wakeUps.add(wakeUp)
    })
  const endAll = async (): Promise<void> => {
    for (const session of sessions.keys()) session.end()
    for (const wakeUp of [...wakeUps]) wakeUp()
  }
  return {
    open: (accountId, request) => {
      const session = createSession(request, { now: () => clock.now(), wait })
      sessions.set(session, accountId)
      return session
    },
    forget: session => {
      sessions.delete(session)
    },
    count: accountId => [...sessions.values()].filter(owner => owner === accountId).length,
    publish: arrival => {
      for (const session of sessions.keys()) session.take(arrival)
    },
    isIdle: () => true,
    idle: async () => undefined,
    reset: endAll,
    close: endAll,
  }
}
