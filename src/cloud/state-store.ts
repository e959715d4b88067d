import type { ServiceDefinition } from './service.ts'

/** One service's state of one account in one region. */
export interface StateEntry {
  readonly serviceId: string
  readonly accountId: string
  /** `global` for services that keep one state for all regions. */
  readonly region: string
  readonly state: unknown
}

/** Every state of the cloud, created on first use. */
export interface StateStore {
  get<State>(service: ServiceDefinition<State>, accountId: string, region: string): State
  entries(): IterableIterator<StateEntry>
  restore(entries: Iterable<StateEntry>): void
  clear(): void
}

/** Stands for the account of a state that all accounts share. */
const sharedAccount = '000000000000'

/** Creates an empty store. */
export function createStateStore(): StateStore {
  const states = new Map<string, StateEntry>()
  return {
    get: <State>(service: ServiceDefinition<State>, accountId: string, region: string) => {
      const owner = service.scope === 'partition' ? sharedAccount : accountId
      const place = service.scope === 'region' ? region : 'global'
      const key = keyOf(service.id, owner, place)
      let entry = states.get(key)
      if (!entry) {
        entry = { serviceId: service.id, accountId: owner, region: place, state: service.createState() }
        states.set(key, entry)
      }
      return entry.state as State
    },
    entries: () => states.values(),
    restore: entries => {
      for (const entry of entries) states.set(keyOf(entry.serviceId, entry.accountId, entry.region), entry)
    },
    clear: () => states.clear(),
  }
}

function keyOf(serviceId: string, accountId: string, region: string): string {
  return `${serviceId}/${accountId}/${region}`
}
