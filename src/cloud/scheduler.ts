import type { MovableClock } from '../core/clock.ts'

/** Work that is due at a time of the cloud's clock; a promise it gives is waited for when the clock is moved. */
export type DueWork = () => Promise<void> | void

/** Timers on the cloud's clock: they fire by themselves as time passes, and at once when the clock is moved past them. */
export interface Scheduler {
  /** Calls `work` once, at or after `time` (milliseconds since the epoch); gives a function that cancels it. */
  at(time: number, work: DueWork): () => void
  /** Does all that is due now, in order of time; new work that is due meanwhile as well. */
  runDue(): Promise<void>
  clear(): void
}

/** Longest delay that a system timer takes, in milliseconds. */
const maxTimerMilliseconds = 0x7fff_ffff

interface Entry {
  readonly time: number
  readonly work: DueWork
}

/** Creates a scheduler without work. Its system timer does not keep the process alive. */
export function createScheduler(clock: MovableClock, onFailure: (error: unknown) => void): Scheduler {
  const entries = new Set<Entry>()
  let timer: NodeJS.Timeout | undefined
  const earliest = (): Entry | undefined => {
    let first: Entry | undefined
    for (const entry of entries) if (first === undefined || entry.time < first.time) first = entry
    return first
  }
  const arm = (): void => {
    clearTimeout(timer)
    const first = earliest()
    if (first === undefined) return
    const delay = Math.min(Math.max(0, first.time - clock.now()), maxTimerMilliseconds)
    timer = setTimeout(() => runDue().catch(onFailure), delay)
    timer.unref()
  }
  const runDue = async (): Promise<void> => {
    for (let first = earliest(); first !== undefined && first.time <= clock.now(); first = earliest()) {
      entries.delete(first)
      try {
        await first.work()
      } catch (error) {
        onFailure(error)
      }
    }
    arm()
  }
  return {
    at: (time, work) => {
      const entry = { time, work }
      entries.add(entry)
      arm()
      return () => {
        entries.delete(entry)
      }
    },
    runDue,
    clear: () => {
      entries.clear()
      clearTimeout(timer)
    },
  }
}
