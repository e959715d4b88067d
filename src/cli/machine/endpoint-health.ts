import { connect } from 'node:net'

/** Who answers at an endpoint. */
export type EndpointHealth =
  | { readonly kind: 'nobody' }
  /** Something listens there, but it is no cloud. */
  | { readonly kind: 'other' }
  | { readonly kind: 'cloud'; readonly edition: string; readonly version: string; readonly services: number }

const timeoutMilliseconds = 2000

/** Asks an endpoint who it is, in two seconds at most. */
export async function askHealth(endpoint: string): Promise<EndpointHealth> {
  if (!(await isListening(new URL(endpoint)))) return { kind: 'nobody' }
  try {
    const response = await fetch(new URL('/_localstack/health', endpoint), {
      signal: AbortSignal.timeout(timeoutMilliseconds),
    })
    return response.ok ? readHealth(await response.json()) : { kind: 'other' }
  } catch {
    // It speaks no HTTP, no JSON, or not in time: whatever it is, it is no cloud.
    return { kind: 'other' }
  }
}

function readHealth(body: unknown): EndpointHealth {
  if (typeof body !== 'object' || body === null || !('services' in body)) return { kind: 'other' }
  const { services } = body
  if (typeof services !== 'object' || services === null) return { kind: 'other' }
  const text = (name: string): string => {
    const value: unknown = Reflect.get(body, name)
    return typeof value === 'string' ? value : ''
  }
  const names = Object.keys(services)
  return { kind: 'cloud', edition: text('edition'), version: text('version'), services: names.length }
}

function isListening({ hostname, port, protocol }: URL): Promise<boolean> {
  const defaultPort = protocol === 'https:' ? 443 : 80
  return new Promise(resolve => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || defaultPort })
    const answer = (isThere: boolean): void => {
      socket.destroy()
      resolve(isThere)
    }
    socket.setTimeout(timeoutMilliseconds, () => answer(false))
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })
}
