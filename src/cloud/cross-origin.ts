import { headerOf, type WireResponse } from '../wire/http.ts'
import { accountOf } from './accounts.ts'
import { isLocalOrigin } from './address.ts'
import type { Exchange } from './exchange.ts'
import { refuseForeignOrigins } from './foreigners.ts'
import type { AnyService } from './service.ts'
import type { StateStore } from './state-store.ts'

/** Methods that change nothing: a page gets them answered anyway, by an `<img>`, but cannot read the answer. */
const harmlessMethods = new Set(['GET', 'HEAD'])

/** What answering pages needs of the gateway. */
interface CrossOriginParts {
  readonly services: readonly AnyService[]
  readonly states: StateStore
}

/** Whether a request is one that a page sends, or one that asks whether it may. */
export function isFromPage({ wire }: Exchange): boolean {
  return wire.headers.origin !== undefined || wire.method === 'OPTIONS'
}

/**
 * Applies a service's own rules to a request of a page: answers what asks beforehand, and notes which headers the answer
 * to anything else gets. A page of another site is refused what changes something unless a rule lets it.
 * @throws AwsError AccessDenied, or the service's refusal of what asked beforehand
 */
export function answerPage(
  { services, states }: CrossOriginParts,
  exchange: Exchange,
  serviceId: string,
): WireResponse | undefined {
  const service = services.find(({ id }) => id === serviceId)
  const { wire, address, signer } = exchange
  if (!service?.crossOrigin) {
    refuseForeignOrigins(exchange)
    return undefined
  }
  const { crossOrigin } = service
  const origin = headerOf(wire.headers, 'origin')
  const state = states.get(service, accountOf(signer.accessKeyId), signer.region ?? 'us-east-1')
  if (wire.method === 'OPTIONS') {
    exchange.service = serviceId
    exchange.operation = 'Preflight'
    const asked = { origin, address, headers: wire.headers }
    return { status: 200, headers: { ...crossOrigin.preflight(asked, state) } }
  }
  if (origin === undefined) return undefined
  const actual = { origin, method: wire.method, address }
  const headers = crossOrigin.headersOf(actual, state)
  const isReading = harmlessMethods.has(wire.method) && crossOrigin.isOpenToReaders(actual)
  if (headers === undefined && !isLocalOrigin(origin) && !isReading) refuseForeignOrigins(exchange)
  exchange.service = serviceId
  if (headers) exchange.pageHeaders = headers
  return undefined
}
