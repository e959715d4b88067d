import type { Memory } from './persistence/persistence.ts'
import type { ServiceDefinition } from './service.ts'

/** One service's state of one account in one region. */
export interface StateEntry {
  readonly serviceId: string
  readonly accountId: string
  /** `global` for services that keep one state for all regions. */
  readonly region: string
  readonly state: unknown
}

/** Every state of the cloud, created on first use. With a data folder all that it gives are views, which record changes. */
export interface StateStore {
  get<State>(service: ServiceDefinition<State>, accountId: string, region: string): State
  entries(): IterableIterator<StateEntry>
  /** The same without views, to be looked at only. */
  plainEntries(): IterableIterator<StateEntry>
  restore(entries: Iterable<StateEntry>): void
  clear(): void
}

/** Where states are kept so that they outlive the process. */
interface KeptStates {
  readonly memory: Pick<Memory, 'states'>
  plainMemory(): Pick<Memory, 'states'>
}

/** Stands for the account of a state that all accounts share. */
const sharedAccount = '000000000000'

/** Creates a store: empty, or of the states that are kept. */
export function createStateStore(kept?: KeptStates): StateStore {
  const states = kept?.memory.states ?? new Map<string, StateEntry>()
  return {
    get: <State>(service: ServiceDefinition<State>, accountId: string, region: string) => {
      const owner = service.scope === 'partition' ? sharedAccount : accountId
      const place = service.scope === 'region' ? region : 'global'
      const key = keyOf(service.id, owner, place)
      const entry = states.get(key)
      if (entry) return entry.state as State
      states.set(key, {
        serviceId: service.id,
        accountId: owner,
        region: place,
        state: service.createState(),
      })
      // What was put in may come out as a view.
      return states.get(key)?.state as State
    },
    entries: () => states.values(),
    plainEntries: () => (kept?.plainMemory().states ?? states).values(),
    restore: entries => {
      for (const entry of entries) states.set(keyOf(entry.serviceId, entry.accountId, entry.region), entry)
    },
    clear: () => states.clear(),
  }
}

function keyOf(serviceId: string, accountId: string, region: string): string {
  return `${serviceId}/${accountId}/${region}`
}
