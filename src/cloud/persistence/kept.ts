import type { MovableClock } from '../../core/clock.ts'
import type { CredentialSeal } from '../session-credentials.ts'
import type { CloudMeta } from './persistence.ts'

/** A clock that goes on as far ahead as it was moved before. */
export function keepClock(clock: MovableClock, meta: CloudMeta | undefined): MovableClock {
  if (meta === undefined) return clock
  clock.advance(meta.clockOffset)
  return {
    now: clock.now,
    advance: milliseconds => {
      clock.advance(milliseconds)
      meta.clockOffset += milliseconds
    },
  }
}

/** The seal that was used before, so that credentials which were issued are still known. */
export function keepSeal(seal: CredentialSeal, meta: CloudMeta | undefined): CredentialSeal {
  if (meta === undefined) return seal
  if (meta.sealKey) seal.key = meta.sealKey
  else meta.sealKey = seal.key
  return seal
}
