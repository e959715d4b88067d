import { headerOf, type WireRequest } from '../wire/http.ts'
import type { ServiceModel } from '../wire/model.ts'
import type { Signer } from './authorization.ts'

/** What the locator must know of a service. */
export interface LocatableService {
  readonly id: string
  readonly model: ServiceModel
}

/** Path prefixes of REST services whose requests may come unsigned. */
const pathPrefixes: readonly (readonly [prefix: string, service: string])[] = [
  ['/2015-03-31/', 'lambda'],
  ['/2017-03-31/', 'lambda'],
]

/**
 * Finds the service that a request is for: target header, signature's scope, form's version, path, host; S3 takes the rest,
 * as in LocalStack.
 */
export function createServiceLocator(services: readonly LocatableService[]) {
  const byId = new Map(services.map(service => [service.id, service]))
  const byTarget = new Map(
    services.flatMap(({ id, model }) => (model.targetPrefix ? [[model.targetPrefix, id] as const] : [])),
  )
  const byVersion = new Map(
    services.flatMap(({ id, model }) => (model.version ? [[model.version, id] as const] : [])),
  )

  /** Gives a service id; it may be of a service that this cloud does not have. */
  return (request: Pick<WireRequest, 'headers' | 'query' | 'path'>, signer: Signer, host: string): string => {
    const target = headerOf(request.headers, 'x-amz-target')
    if (target !== undefined) {
      const prefix = target.slice(0, target.lastIndexOf('.'))
      return byTarget.get(prefix) ?? signer.service ?? prefix
    }
    if (signer.service !== undefined) return signer.service
    if (request.query.has('Action') && request.query.has('Version')) {
      const service = byVersion.get(request.query.get('Version') ?? '')
      if (service !== undefined) return service
    }
    const byPath = pathPrefixes.find(([prefix]) => request.path.startsWith(prefix))
    if (byPath) return byPath[1]
    const label = host.split('.', 1)[0] ?? ''
    return label !== host && byId.has(label) ? label : 's3'
  }
}
