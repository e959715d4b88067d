import type { WireResponse } from '../wire/http.ts'
import type { Address } from './address.ts'
import type { BlobStore } from './blob-store.ts'
import type { EventBus } from './events.ts'
import type { LivePart, Platform } from './live-part.ts'
import type { OperationContext } from './operation.ts'
import type { Questions } from './questions.ts'
import type { Recorder } from './recorder.ts'
import type { AnyService, DataPlaneRequest, ServiceAccess } from './service.ts'
import type { StateStore } from './state-store.ts'

/** What services are opened with. */
export interface OpeningParts
  extends Pick<
    Platform,
    'clock' | 'ids' | 'random' | 'scheduler' | 'seal' | 'containment' | 'enforceIam' | 'onBug'
  > {
  readonly services: readonly AnyService[]
  readonly states: StateStore
  readonly blobs: BlobStore
  readonly events: EventBus
  readonly recorder: Recorder
  /** The cloud's URL, empty until it listens. */
  readonly location: { readonly url: string }
}

/** The services of a running cloud: what they keep beside their state, and their ways to each other. */
export interface OpenedServices {
  /** What a service opened; `undefined` for one that opens nothing. */
  liveOf(serviceId: string): unknown
  /** Who answers requests to an address that belongs to a data plane. */
  dataPlaneOf(address: Address): OpenDataPlane | undefined
  /** Does the work that the clock made due, of every service and account. */
  runDueWork(): Promise<void>
  /** Resolves when no event is queued and no service is at work. */
  idle(): Promise<void>
  /** Takes up again what restored states show as under way. */
  resume(): void
  reset(): Promise<void>
  close(): Promise<void>
}

/** A data plane of a service. */
export interface OpenDataPlane {
  readonly serviceId: string
  answer(request: DataPlaneRequest): Promise<WireResponse>
}

/** Opens every service and connects its listeners and responders to the bus. */
export function openServices(parts: OpeningParts): OpenedServices {
  const { services, states, events } = parts
  const accesses = new Map<string, ServiceAccess<unknown>>()
  for (const service of services) {
    const platform = createPlatform(parts, service, () => accesses.get(service.id)?.live)
    accesses.set(service.id, { platform, live: service.open?.(platform) })
  }
  for (const service of services) connect(service, accessOf(accesses, service), events)
  const liveParts = [...accesses.values()].flatMap(({ live }) =>
    live === undefined ? [] : [live as LivePart],
  )
  const planes = services.flatMap(service => {
    const { dataPlane } = service
    const access = accessOf(accesses, service)
    return dataPlane ? [{ dataPlane, access, serviceId: service.id }] : []
  })
  return {
    liveOf: serviceId => accesses.get(serviceId)?.live,
    dataPlaneOf: address => {
      const plane = planes.find(({ dataPlane }) => dataPlane.claims(address))
      if (!plane) return undefined
      const { dataPlane, access, serviceId } = plane
      return { serviceId, answer: request => dataPlane.answer(request, access) }
    },
    runDueWork: async () => {
      for (const { serviceId, accountId, region, state } of [...states.entries()]) {
        const service = services.find(({ id }) => id === serviceId)
        const platform = accesses.get(serviceId)?.platform
        if (platform) await service?.onClock?.(state, platform.workContext(accountId, region))
      }
    },
    idle: async () => {
      do {
        await events.idle()
        for (const live of liveParts) await live.idle()
      } while (!events.isIdle() || liveParts.some(live => !live.isIdle()))
    },
    resume: () => {
      for (const live of liveParts) live.resume?.()
    },
    reset: async () => {
      await Promise.all(liveParts.map(live => live.reset()))
    },
    close: async () => {
      await Promise.all(liveParts.map(live => live.close()))
    },
  }
}

function accessOf(
  accesses: ReadonlyMap<string, ServiceAccess<unknown>>,
  { id }: AnyService,
): ServiceAccess<unknown> {
  const access = accesses.get(id)
  if (!access) throw new Error(`service ${id} was not opened`)
  return access
}

function connect(service: AnyService, access: ServiceAccess<unknown>, events: EventBus): void {
  for (const [prefix, listener] of Object.entries(service.listeners ?? {})) {
    events.listen(prefix, event => listener(event, access))
  }
  for (const [name, responder] of Object.entries(service.responders ?? {})) {
    // The table's type pairs each name with its question; iterating over it loses the pair.
    const answer = responder as (question: unknown, access: ServiceAccess<unknown>) => unknown
    events.answer(name as keyof Questions, question => answer(question, access))
  }
}

function createPlatform(parts: OpeningParts, service: AnyService, live: () => unknown): Platform {
  const { states, location, recorder, clock, ids, random, blobs, events, seal } = parts
  return {
    clock,
    ids,
    random,
    blobs,
    events,
    seal,
    scheduler: parts.scheduler,
    containment: parts.containment,
    enforceIam: parts.enforceIam,
    endpoint: () => location.url,
    stateOf: (accountId, region) => states.get(service, accountId, region),
    states: function* () {
      for (const entry of [...states.entries()]) if (entry.serviceId === service.id) yield entry
    },
    workContext: (accountId, region): OperationContext => ({
      accountId,
      region,
      clock,
      ids,
      random,
      blobs,
      events,
      seal,
      live: live(),
      request: {
        id: ids.requestId(),
        accessKeyId: accountId,
        authentication: 'header',
        host: 'localhost',
        origin: location.url,
        sourceIpAddress: '127.0.0.1',
        headers: {},
      },
    }),
    show: ({ requestId = ids.uuid(), ...line }) => recorder.record({ ...line, requestId }),
    onBug: parts.onBug,
  }
}
