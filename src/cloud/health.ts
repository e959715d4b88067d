import type { WireResponse } from '../wire/http.ts'

/** Where LocalStack tells how it is. */
export const healthPath = '/_localstack/health'

/** Answers `/_localstack/health` in LocalStack's shape, listing only services that work. */
export function healthAnswer(serviceIds: readonly string[], usedServices: ReadonlySet<string>): WireResponse {
  const services = Object.fromEntries(
    serviceIds.map(id => [id, usedServices.has(id) ? 'running' : 'available']),
  )
  return jsonAnswer(200, { services, edition: 'taller-nube', version: '4.14.0' })
}

/** A JSON answer of our own endpoints. */
export function jsonAnswer(status: number, value: unknown): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}
