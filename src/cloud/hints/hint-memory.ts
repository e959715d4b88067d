import type { Hint } from './hint.ts'

/** How long the same hint is not given again, in milliseconds of the cloud's clock. */
const quietMilliseconds = 60_000
/** Hints of one id that are given in that time at most, however different: a loop over a thousand keys needs no thousand. */
const maxOfOneId = 10
/** Hints that are remembered. */
const capacity = 1000

/** What was hinted at lately. */
export interface HintMemory {
  /** The hint as it is to be given, with how often it was left out before; `undefined` when it was given a moment ago. */
  admit(hint: Hint, now: number): Hint | undefined
  clear(): void
}

/** Remembers hints, so that a poll in a loop does not get the same one over and over. */
export function createHintMemory(): HintMemory {
  const given = new Map<string, { at: number; omitted: number }>()
  const ofId = new Map<string, number[]>()
  return {
    admit: (hint, now) => {
      const key = `${hint.id} ${JSON.stringify(hint.facts)}`
      const last = given.get(key)
      if (last && now - last.at < quietMilliseconds) {
        last.omitted += 1
        return undefined
      }
      const recent = (ofId.get(hint.id) ?? []).filter(at => now - at < quietMilliseconds)
      ofId.set(hint.id, recent)
      if (recent.length >= maxOfOneId) return undefined
      recent.push(now)
      given.delete(key)
      given.set(key, { at: now, omitted: 0 })
      if (given.size > capacity) given.delete(given.keys().next().value ?? '')
      return last && last.omitted > 0 ? { ...hint, omitted: last.omitted } : hint
    },
    clear: () => {
      given.clear()
      ofId.clear()
    },
  }
}
