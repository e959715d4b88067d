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
  '/2014-11-13/',
  '/2015-03-31/',
  '/2016-08-19/',
  '/2017-03-31/',
  '/2017-10-31/',
  '/2018-10-31/',
  '/2019-09-25/',
  '/2019-09-30/',
  '/2020-04-22/',
  '/2020-06-30/',
  '/2021-07-20/',
  '/2021-10-31/',
  '/2021-11-15/',
  '/2024-08-31/',
  '/2025-11-30/',
  '/2025-12-01/',
  '/2026-07-09/',
].map(prefix => [prefix, 'lambda'])

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
