import type { AnyService, Census } from './service.ts'
import type { StateStore } from './state-store.ts'

/** Counts what all accounts and regions hold. */
export function takeCensus(services: readonly AnyService[], states: StateStore): Census {
  const counts: Record<string, number> = {}
  for (const { serviceId, state } of states.entries()) {
    const counted = services.find(({ id }) => id === serviceId)?.census?.(state) ?? {}
    for (const [name, count] of Object.entries(counted)) counts[name] = (counts[name] ?? 0) + count
  }
  return counts
}
