import { createHash } from 'node:crypto'

/** A request as it came, before anything of it was decoded: what its signature was made over. */
export interface SignedRequest {
  readonly method: string
  /** Percent-encoded, with the bucket where the address has it. */
  readonly path: string
  /** Query string without `?`. */
  readonly query: string
  /** Header lines in order: name, value, name, value… */
  readonly rawHeaders: readonly string[]
}

/** What of a request was signed, and how. */
export interface CanonicalRules {
  /** Lower-case names, in the order of the signature. */
  readonly signedHeaders: readonly string[]
  readonly payloadHash: string
}

/** Name of the parameter that is never signed: the signature itself. */
const signatureParameter = 'X-Amz-Signature'

/**
 * The canonical requests that a signature may have been made over. S3 neither normalises a path nor encodes it twice; a
 * client may have left characters unescaped or escaped more than it must, so its path is taken encoded anew, or as it came.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequests(
  request: SignedRequest,
  rules: CanonicalRules,
  service: string,
): readonly string[] {
  const { path } = request
  const paths = service === 's3' ? [encode(decode(path), '/'), path] : [encode(normalise(path), '/')]
  const rest = [
    canonicalQuery(request.query),
    ...rules.signedHeaders.map(
      name => `${name}:${headerValues(request.rawHeaders, name).replace(/ +/g, ' ')}`,
    ),
    '',
    rules.signedHeaders.join(';'),
    rules.payloadHash,
  ].join('\n')
  return [...new Set(paths)].map(each => `${request.method}\n${each || '/'}\n${rest}`)
}

/** SHA-256 in hexadecimal; text is hashed octet by octet, as Node gives what came over the wire. */
export function sha256(data: string | Uint8Array): string {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data
  return createHash('sha256').update(bytes).digest('hex')
}

/** A header's values, trimmed and joined by commas. */
export function headerValues(rawHeaders: readonly string[], name: string): string {
  const values: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (isNamed(rawHeaders[index], name)) values.push((rawHeaders[index + 1] ?? '').trim())
  }
  return values.join(',')
}

/** HTTP/2 calls the host `:authority`. */
function isNamed(header: string | undefined, name: string): boolean {
  const given = header?.toLowerCase()
  return given === name || (name === 'host' && given === ':authority')
}

/** Names of a request's headers, lower case. */
export function headerNames({ rawHeaders }: SignedRequest): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 0).map(name => name.toLowerCase())
}

function canonicalQuery(query: string): string {
  if (query === '') return ''
  const pairs = query
    .split('&')
    .filter(pair => pair !== '')
    .map(pair => {
      const equals = pair.indexOf('=')
      const [name, value] = equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
      return [encode(decodeForm(name)), encode(decodeForm(value))] as const
    })
    .filter(([name]) => name !== signatureParameter)
  return pairs
    .sort(([a, one], [b, other]) => compare(a, b) || compare(one, other))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function decodeForm(text: string): string {
  return decode(text.replaceAll('+', ' '))
}

/** Undoes percent-encoding, octet by octet. */
function decode(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Percent-encodes each octet but the unreserved ones, and those in `kept`. */
function encode(octets: string, kept = ''): string {
  return octets.replace(/[^A-Za-z0-9\-._~]/g, octet =>
    kept.includes(octet) ? octet : `%${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** A path without empty, `.` and `..` segments (RFC 3986, 5.2.4), still encoded. */
function normalise(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  const isFolder = segments.length > 0 && /\/\.{0,2}$/.test(path)
  return `/${segments.join('/')}${isFolder ? '/' : ''}`
}
