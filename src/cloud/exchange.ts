import { AwsError } from '../core/aws-error.ts'
import type { IdSource } from '../core/ids.ts'
import type { ChunkObserver } from '../wire/aws-chunked.ts'
import type { RequestBody } from '../wire/body.ts'
import { headerOf, type WireExchange, type WireRequest, type WireResponse } from '../wire/http.ts'
import { protocols } from '../wire/protocols.ts'
import { openRequestBody } from '../wire/request-body.ts'
import { decodePathSegment, parseQuery } from '../wire/uri.ts'
import { accountOf } from './accounts.ts'
import { type Address, parseAddress, splitBucket } from './address.ts'
import { type Signer, signerOf } from './authorization.ts'
import type { HttpRequest, HttpResponse } from './http-server.ts'
import type { OperationContext } from './operation.ts'
import type { DataPlaneRequest, ShownRequest } from './service.ts'

/** One request on its way through the gateway. */
export interface Exchange {
  readonly request: HttpRequest
  readonly response: HttpResponse
  readonly address: Address
  /** In S3's form; a UUID once it is known that another service answers. */
  id: string
  readonly startedAt: number
  wire: WireRequest
  signer: Signer
  service: string
  operation: string
  /** Headers that let the page read the answer that sent the request; absent where no rule lets it. */
  pageHeaders?: Readonly<Record<string, string>>
  /** What the operation was called with, gave and failed with, for the timeline. */
  input: Readonly<Record<string, unknown>> | undefined
  output: Readonly<Record<string, unknown>> | undefined
  failure: AwsError | undefined
  /** How a data plane's request stands in the timeline. */
  shown: ShownRequest | undefined
}

/** Region of requests that name none. */
const defaultRegion = 'us-east-1'
/** Longest request target that is read, in characters. */
const maxTargetLength = 16 * 1024

/** Reads what every request has; a target that cannot be read is answered at once. */
export function openExchange(
  ids: IdSource,
  request: HttpRequest,
  response: HttpResponse,
): Exchange | WireResponse {
  const target = request.url ?? '/'
  const { headers } = request
  const id = ids.requestId()
  try {
    if (target.length > maxTargetLength) return { status: 414, headers: { connection: 'close' } }
    const address = parseAddress(target, headerOf(headers, ':authority') ?? headers.host)
    const wire: WireRequest = {
      method: request.method ?? 'GET',
      path: address.path,
      query: parseQuery(address.query),
      headers,
      body: openRequestBody(request, headers, () => inviteBody(request, response)),
      contextMembers: {},
    }
    return {
      request,
      response,
      address,
      id,
      startedAt: performance.now(),
      wire,
      signer: signerOf({}, wire.query),
      service: '',
      operation: '',
      input: undefined,
      output: undefined,
      failure: undefined,
      shown: undefined,
    }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return protocols.restXml({ protocol: 'restXml', operations: {} }).writeError(error, { requestId: id })
  }
}

/** Opens a body that nobody has read again, so that its chunks are seen. */
export function reopenBody({ request, response, wire }: Exchange, observer: ChunkObserver): RequestBody {
  return openRequestBody(request, wire.headers, () => inviteBody(request, response), observer)
}

/** A client that asked whether to go on is told so only when its body is wanted. */
function inviteBody(request: HttpRequest, response: HttpResponse): void {
  if (headerOf(request.headers, 'expect')?.toLowerCase() !== '100-continue') return
  // A client that is gone meanwhile is told nothing: over HTTP/2 that would throw.
  if (!('stream' in response && response.stream.destroyed)) response.writeContinue()
}

/** Where S3 Control lives. Its clients put the account before the host, which then names no bucket. */
const controlPath = '/v20180820/'

/** The request as S3 reads it: its bucket out of the path or the host. */
export function withBucket({ address, wire }: Exchange): WireRequest {
  if (address.path.startsWith(controlPath)) return wire
  const { bucket, path } = splitBucket(address)
  return { ...wire, path, contextMembers: bucket === '' ? {} : { Bucket: decodePathSegment(bucket) } }
}

/** What a presigned URL carries of its signature; all other `x-amz-…` parameters are headers that it brings along. */
const signatureParameters =
  /^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token)$/i

/**
 * The request with the headers that a presigned URL carries in its query, e.g. `x-amz-acl` or `x-amz-meta-…`, as SDKs put
 * them there. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function withCarriedHeaders(wire: WireRequest): WireRequest {
  const carried = [...wire.query]
    .map(([name, value]) => [name.toLowerCase(), Buffer.from(value).toString('latin1')] as const)
    .filter(
      ([name]) => name.startsWith('x-amz-') && !signatureParameters.test(name) && !(name in wire.headers),
    )
  return carried.length === 0
    ? wire
    : { ...wire, headers: { ...wire.headers, ...Object.fromEntries(carried) } }
}

/** What the operation that answers may use. */
export function createContext(
  parts: Omit<OperationContext, 'accountId' | 'region' | 'request' | 'live' | 'refusalOf'>,
  { request, address, id, signer, wire }: Exchange,
  own: Pick<OperationContext, 'live' | 'refusalOf'>,
): OperationContext {
  return {
    accountId: accountOf(signer.accessKeyId),
    region: signer.region ?? defaultRegion,
    clock: parts.clock,
    ids: parts.ids,
    random: parts.random,
    blobs: parts.blobs,
    events: parts.events,
    seal: parts.seal,
    ...own,
    request: {
      id,
      accessKeyId: signer.accessKeyId ?? '',
      authentication: signer.authentication,
      host: address.host,
      origin: address.origin,
      sourceIpAddress: request.socket?.remoteAddress ?? '127.0.0.1',
      headers: wire.headers,
    },
  }
}

/** The request as a data plane gets it. */
export function dataPlaneRequest(
  { id, address, wire, request, signer }: Exchange,
  ways: Pick<DataPlaneRequest, 'requireSignature' | 'show'>,
): DataPlaneRequest {
  return {
    id,
    address,
    wire,
    rawHeaders: request.rawHeaders,
    sourceIpAddress: request.socket?.remoteAddress ?? '127.0.0.1',
    ...ways,
    accessKeyId: signer.accessKeyId,
  }
}

/** What protocols write into their answers. */
export function exchangeFacts({ id }: Exchange): WireExchange {
  return { requestId: id }
}
