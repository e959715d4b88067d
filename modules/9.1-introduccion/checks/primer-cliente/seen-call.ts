import type { IncomingMessage } from 'node:http'

/** What a signed request says of the client that sent it. */
export interface SeenCall {
  readonly method: string
  /** The Host header, e.g. `localhost:41873`. */
  readonly host: string
  /** e.g. `/taller-7f3a` */
  readonly path: string
  readonly signature: Signature
  readonly sessionToken: string | undefined
}

/** The credential scope of a SigV4 Authorization header; empty texts when the request is not signed so. */
export interface Signature {
  readonly accessKeyId: string
  readonly region: string
  readonly service: string
}

/** Describes a request that arrived. */
export function describeCall(request: IncomingMessage): SeenCall {
  return {
    method: request.method ?? '',
    host: request.headers.host ?? '',
    path: (request.url ?? '').split('?', 1)[0] ?? '',
    signature: readSignature(request.headers.authorization),
    sessionToken: oneHeader(request.headers['x-amz-security-token']),
  }
}

/** Reads `AWS4-HMAC-SHA256 Credential=KEY/20260115/eu-west-1/s3/aws4_request, …`. */
export function readSignature(authorization: string | undefined): Signature {
  const scope = /Credential=([^,\s]+)/.exec(authorization ?? '')?.[1] ?? ''
  const [accessKeyId = '', , region = '', service = ''] = scope.split('/')
  return { accessKeyId, region, service }
}

function oneHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
