/** Where a request was sent to, out of its target and its Host header. */
export interface Address {
  /** Host without port, lower case. */
  readonly host: string
  /** `http://host:port`, as the client addressed us. */
  readonly origin: string
  /** Percent-encoded path, beginning with `/`. */
  readonly path: string
  /** Query string without `?`. */
  readonly query: string
}

/** Reads the address of a request; a target in absolute form (as sent to a proxy) overrides the Host header. */
export function parseAddress(target: string, hostHeader: string | undefined): Address {
  const absolute = target.charCodeAt(0) === 47 ? null : /^https?:\/\/([^/?#]*)(.*)$/i.exec(target)
  const authority = (absolute?.[1] ?? hostHeader ?? 'localhost').toLowerCase()
  const relative = absolute ? absolute[2] || '/' : target
  const question = relative.indexOf('?')
  const path = question === -1 ? relative : relative.slice(0, question)
  return {
    host: authority.replace(/:\d+$/, ''),
    origin: `http://${authority}`,
    path: path.charCodeAt(0) === 47 ? path : `/${path}`,
    query: question === -1 ? '' : relative.slice(question + 1),
  }
}

const localHost =
  /^(stream-|streaming-)?(localhost|127(\.\d{1,3}){3}|\[::1\]|([a-z0-9._-]+\.)?localhost|([a-z0-9._-]+\.)?localhost\.localstack\.cloud)$/

/**
 * Whether a host name can only mean this machine; a page of another site cannot use such a name to reach us. SDKs put
 * `stream-` or `streaming-` before the host of calls whose answers stream.
 */
export function isLocalHost(host: string): boolean {
  return localHost.test(host)
}

/** Whether an Origin header belongs to a page that this machine serves. */
export function isLocalOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLocalHost(new URL(origin).hostname)
}

const bucketHosts = [
  /^(.+)\.s3[.-][a-z0-9-]+\.(?:localhost\.localstack\.cloud|amazonaws\.com)$/,
  /^(.+)\.s3\.(?:localhost|localhost\.localstack\.cloud|amazonaws\.com)$/,
]

const hostsWithoutBucket =
  /^(?:s3(?:[.-][a-z0-9-]+)?\.)?(?:localhost|localhost\.localstack\.cloud|amazonaws\.com)$/

/** The bucket that a virtual host names, e.g. `datos` in `datos.s3.localhost`, or `undefined` for path style. */
export function bucketOfHost(host: string): string | undefined {
  if (hostsWithoutBucket.test(host)) return undefined
  for (const pattern of bucketHosts) {
    const bucket = pattern.exec(host)?.[1]
    if (bucket !== undefined) return bucket
  }
  return /^(.+)\.localhost(?:\.localstack\.cloud)?$/.exec(host)?.[1]
}

/** Splits an S3 address into the bucket and the path below it, both still percent-encoded. */
export function splitBucket({ host, path }: Pick<Address, 'host' | 'path'>): {
  bucket: string
  path: string
} {
  const ofHost = bucketOfHost(host)
  if (ofHost !== undefined) return { bucket: ofHost, path }
  const slash = path.indexOf('/', 1)
  if (slash === -1) return { bucket: path.slice(1), path: '/' }
  return { bucket: path.slice(1, slash), path: path.slice(slash) }
}

/** URL of the bucket that an S3 address names, with a slash at its end. */
export function bucketUrlOf(address: Address): string {
  if (bucketOfHost(address.host) !== undefined) return `${address.origin}/`
  return `${address.origin}/${splitBucket(address).bucket}/`
}
