import { request as httpRequest } from 'node:http'
import { canonicalRequests, sha256 } from '../../../src/cloud/signatures/canonical-request.ts'
import { formatAmzDate } from '../../../src/cloud/signatures/request-time.ts'
import { formatScope, sign, signingKey } from '../../../src/cloud/signatures/signing-key.ts'

/** A request as it goes over the wire. */
export interface RawRequest {
  readonly method: string
  /** Path and query, encoded. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** Content of the error's `Code`, or empty. */
  readonly code: string
}

/** Sends a request without anything of an SDK. */
export function send(url: string, raw: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': String(raw.body.length), ...raw.headers }
    const options = { hostname, port, method: raw.method, path: raw.target, headers }
    const request = httpRequest(options, response => {
      const pieces: Buffer[] = []
      response.on('data', piece => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString()
        const code = /<Code>(.*?)<\/Code>/.exec(text)?.[1] ?? ''
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, code })
      })
    })
    request.on('error', reject)
    request.end(raw.body)
  })
}

/** How a request is signed. */
export interface Signing {
  readonly accessKeyId?: string
  readonly secret?: string
  readonly region?: string
  readonly service?: string
  /** Milliseconds since the epoch. */
  readonly time?: number
  readonly contentHash?: string
}

/** Adds what signs a request by version 4 in its headers; every header is signed. */
export function signed(url: string, raw: RawRequest, signing: Signing = {}): RawRequest {
  const { accessKeyId = 'test', secret = 'test', region = 'us-east-1', service = 's3' } = signing
  const date = formatAmzDate(signing.time ?? Date.now())
  const payloadHash = signing.contentHash ?? sha256(raw.body)
  const headers: Record<string, string> = {
    host: new URL(url).host,
    'x-amz-date': date,
    ...(service === 's3' && { 'x-amz-content-sha256': payloadHash }),
    ...raw.headers,
  }
  const signedHeaders = Object.keys(headers).sort()
  const [path = '', query = ''] = raw.target.split('?')
  const rawHeaders = Object.entries(headers).flat()
  const request = { method: raw.method, path, query, rawHeaders }
  const [canonical = ''] = canonicalRequests(request, { signedHeaders, payloadHash }, service)
  const scope = { day: date.slice(0, 8), region, service }
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${formatScope(scope)}\n${sha256(canonical)}`
  const signature = sign(signingKey(secret, scope), toSign)
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${formatScope(scope)}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`
  return { ...raw, headers }
}

/** A URL that is good for a minute, for a method and the host alone. */
export function presigned(url: string, method: string, path: string): string {
  const date = formatAmzDate(Date.now())
  const scope = { day: date.slice(0, 8), region: 'us-east-1', service: 's3' }
  const credential = encodeURIComponent(`test/${formatScope(scope)}`)
  const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=${date}&X-Amz-Expires=60&X-Amz-SignedHeaders=host`
  const request = { method, path, query, rawHeaders: ['host', new URL(url).host] }
  const rules = { signedHeaders: ['host'], payloadHash: 'UNSIGNED-PAYLOAD' }
  const [canonical = ''] = canonicalRequests(request, rules, 's3')
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${formatScope(scope)}\n${sha256(canonical)}`
  return `${path}?${query}&X-Amz-Signature=${sign(signingKey('test', scope), toSign)}`
}
