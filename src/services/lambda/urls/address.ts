import type { Address } from '../../../cloud/address.ts'
import type { IdSource } from '../../../core/ids.ts'

/** A request to a function URL, by its host or by its path. */
export interface UrlAddress {
  readonly id: string
  /** Percent-encoded, as the function sees it. */
  readonly path: string
}

const urlHost = /^([a-z0-9]{32})\.lambda-url\.[a-z0-9-]+\.(?:localhost(?:\.localstack\.cloud)?|on\.aws)$/
/** The path that stands for a function URL's host, where such names do not resolve. */
const urlPath = /^\/_lambda-url\/([a-z0-9]{32})(\/.*)?$/

/** Which function URL an address names, or `undefined`. */
export function readUrlAddress({ host, path }: Pick<Address, 'host' | 'path'>): UrlAddress | undefined {
  const ofHost = urlHost.exec(host)?.[1]
  if (ofHost !== undefined) return { id: ofHost, path }
  const [, ofPath, rest = '/'] = urlPath.exec(path) ?? []
  return ofPath === undefined ? undefined : { id: ofPath, path: rest }
}

/** The URL of a function as its owner is told it: on the host and port by which the owner reached us. */
export function writeUrl(
  id: string,
  { region, origin }: { readonly region: string; readonly origin: string },
): string {
  const { hostname, port } = new URL(origin)
  const suffix = hostname.endsWith('localhost.localstack.cloud') ? 'localhost.localstack.cloud' : 'localhost'
  return `http://${id}.lambda-url.${region}.${suffix}${port === '' ? '' : `:${port}`}/`
}

/** A function URL's id: 32 lower-case letters and digits. */
export function newUrlId(ids: IdSource): string {
  return BigInt(`0x${ids.hex(64)}`)
    .toString(36)
    .padStart(32, '0')
    .slice(-32)
}
