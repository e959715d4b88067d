import type { WireResponse } from '../wire/http.ts'
import type { Exchange } from './exchange.ts'
import { type FailureParts, failureAnswer } from './failures.ts'
import type { Durability } from './persistence/persistence.ts'
import { letGo } from './respond.ts'

type Answer = (exchange: Exchange) => Promise<WireResponse>

/**
 * Lets no answer leave before all that was changed up to it is on the disk: not the caller's own changes alone, as an
 * answer may tell of another's. Where the disk fails, only what changed nothing is answered.
 */
export function durably(parts: FailureParts, durability: Durability, answer: Answer): Answer {
  return async exchange => {
    const { changeCount } = durability
    const wire = await answer(exchange)
    try {
      await durability.settled()
    } catch (error) {
      if (durability.changeCount === changeCount) return wire
      await letGo(wire.body)
      return failureAnswer(parts, exchange, error)
    }
    return wire
  }
}
