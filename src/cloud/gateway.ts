import { AwsError } from '../core/aws-error.ts'
import type { MovableClock } from '../core/clock.ts'
import type { IdSource } from '../core/ids.ts'
import type { Random } from '../core/random.ts'
import { isForm, mergeForm } from '../wire/form.ts'
import { headerOf, type WireRequest, type WireResponse } from '../wire/http.ts'
import type { Call, Protocol } from '../wire/protocol.ts'
import { protocols } from '../wire/protocols.ts'
import { openRequestBody } from '../wire/request-body.ts'
import { decodePathSegment, parseQuery } from '../wire/uri.ts'
import { accountOf } from './accounts.ts'
import { type Address, isLocalHost, isLocalOrigin, parseAddress, splitBucket } from './address.ts'
import { type Signer, signerOf } from './authorization.ts'
import type { BlobStore } from './blob-store.ts'
import { type Controllable, controlAnswer, controlRoot } from './control-plane.ts'
import type { EventPort } from './events.ts'
import { healthAnswer } from './health.ts'
import type { HttpRequest, HttpResponse, RequestHandler } from './http-server.ts'
import type { OpenedServices } from './open-services.ts'
import type { OperationContext } from './operation.ts'
import { respond } from './respond.ts'
import type { DataPlaneRequest, ServiceDefinition } from './service.ts'
import { createServiceLocator } from './service-locator.ts'
import type { StateStore } from './state-store.ts'
import type { RequestLine, Timeline } from './timeline.ts'

/** Everything that the gateway puts together. */
export interface GatewayParts {
  readonly services: readonly AnyService[]
  readonly states: StateStore
  readonly blobs: BlobStore
  readonly events: EventPort
  readonly clock: MovableClock
  readonly ids: IdSource
  readonly random: Random
  readonly timeline: Timeline
  readonly opened: OpenedServices
  readonly control: Controllable
  readonly controlToken: string | undefined
  /** Whether names other than this machine's own may be used to reach it (a server that listens beyond loopback). */
  readonly acceptsForeignHosts: boolean
  readonly onRequest: ((line: RequestLine) => void) | undefined
  /** Told of an exception that no operation should throw. */
  readonly onBug: (error: unknown, request: string) => void
}

// biome-ignore lint/suspicious/noExplicitAny: services have different states, which only they read
export type AnyService = ServiceDefinition<any, any>

interface Endpoint {
  readonly service: AnyService
  readonly protocol: Protocol
}

/** One request on its way through the gateway. */
interface Exchange {
  readonly request: HttpRequest
  readonly response: HttpResponse
  readonly address: Address
  readonly id: string
  readonly startedAt: number
  wire: WireRequest
  signer: Signer
  service: string
  operation: string
}

/** Region of requests that name none. */
const defaultRegion = 'us-east-1'
/** Longest request target that is read, in characters. */
const maxTargetLength = 16 * 1024

/** Builds the handler that every request goes through, step by step. */
export function createGateway(parts: GatewayParts): RequestHandler {
  const endpoints = new Map(
    parts.services.map(service => [
      service.id,
      { service, protocol: protocols[service.model.protocol](service.model) },
    ]),
  )
  const locate = createServiceLocator(parts.services)
  const used = new Set<string>()

  const ownAnswer = (exchange: Exchange): WireResponse | Promise<WireResponse> | undefined => {
    const { path } = exchange.address
    if (path !== '/_localstack/health' && !path.startsWith(controlRoot)) return undefined
    refuseForeignOrigins(exchange)
    return path.startsWith(controlRoot)
      ? controlAnswer(parts.control, exchange.wire, parts.controlToken)
      : healthAnswer([...endpoints.keys()], used)
  }

  const answer = async (exchange: Exchange): Promise<WireResponse> => {
    refuseForeignHosts(parts, exchange)
    const own = ownAnswer(exchange)
    if (own) return own
    exchange.signer = signerOf(exchange.wire.headers, exchange.wire.query)
    const dataPlane = parts.opened.dataPlaneOf(exchange.address)
    if (dataPlane) return dataPlane(dataPlaneRequest(exchange))
    refuseForeignOrigins(exchange)
    if (isQueryCall(exchange)) exchange.wire = await mergeForm(exchange.wire)
    exchange.service = locate(exchange.wire, exchange.signer, exchange.address.host)
    const endpoint = endpoints.get(exchange.service)
    if (!endpoint) return unknownService(exchange)
    used.add(exchange.service)
    return answerService(parts, endpoint, exchange)
  }

  return (request, response) => {
    const exchange = openExchange(parts, request, response)
    if ('status' in exchange) {
      void respond(request, response, exchange)
      return
    }
    answer(exchange)
      .catch(error => failureAnswer(parts, exchange, error))
      .then(wire => send(parts, exchange, wire))
      .catch(error => abandon(parts, exchange, error))
  }
}

/** A call of a query service comes as a form to the root; an S3 object may have a form's content type as well. */
function isQueryCall({ wire, signer, address }: Exchange): boolean {
  return wire.method === 'POST' && address.path === '/' && signer.service !== 's3' && isForm(wire.headers)
}

/** Reads what every request has; a target that cannot be read is answered at once. */
function openExchange(
  parts: GatewayParts,
  request: HttpRequest,
  response: HttpResponse,
): Exchange | WireResponse {
  const target = request.url ?? '/'
  const { headers } = request
  const id = parts.ids.requestId()
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
    }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return protocols
      .restXml({ protocol: 'restXml', operations: {} })
      .writeError(error, { requestId: id, resource: '' })
  }
}

/** A client that asked whether to go on is told so only when its body is wanted. */
function inviteBody(request: HttpRequest, response: HttpResponse): void {
  if (headerOf(request.headers, 'expect')?.toLowerCase() === '100-continue') response.writeContinue()
}

/** No page of another site gets in by its own name for this machine. */
function refuseForeignHosts({ acceptsForeignHosts }: GatewayParts, { address }: Exchange): void {
  if (!acceptsForeignHosts && !isLocalHost(address.host) && !address.host.endsWith('.amazonaws.com')) {
    throw new AwsError(
      'AccessDenied',
      `This cloud answers only to names of this machine, not to ${address.host}`,
      { statusCode: 403 },
    )
  }
}

/** Data planes answer pages of other sites by their own CORS rules; an API never does. */
function refuseForeignOrigins({ wire }: Exchange): void {
  const origin = headerOf(wire.headers, 'origin')
  if (origin !== undefined && !isLocalOrigin(origin)) {
    throw new AwsError('AccessDenied', `Requests from ${origin} are refused`, { statusCode: 403 })
  }
}

async function answerService(
  parts: GatewayParts,
  endpoint: Endpoint,
  exchange: Exchange,
): Promise<WireResponse> {
  const { service, protocol } = endpoint
  if (service.id === 's3') exchange.wire = withBucket(exchange)
  const call = protocol.route(exchange.wire, name => name in service.operations)
  if (!call) throw unknownOperation(exchange)
  exchange.operation = call.operation.name
  const operation = service.operations[call.operation.name]
  if (!operation) throw notImplemented(service.id, call)
  const input = await call.readInput(
    service.inspectDocument &&
      (bytes =>
        service.inspectDocument?.({ operation: exchange.operation, bytes, headers: exchange.wire.headers })),
  )
  const context = createContext(parts, exchange, service.id)
  const state = parts.states.get(service, context.accountId, context.region)
  const result = operation(state, input, context)
  const output = result instanceof Promise ? await result : result
  return protocol.writeOutput(call.operation, output ?? {}, exchangeFacts(exchange))
}

function withBucket({ address, wire }: Exchange): WireRequest {
  const { bucket, path } = splitBucket(address)
  return { ...wire, path, contextMembers: bucket === '' ? {} : { Bucket: decodePathSegment(bucket) } }
}

function createContext(
  parts: GatewayParts,
  { request, address, id, signer }: Exchange,
  serviceId: string,
): OperationContext {
  return {
    accountId: accountOf(signer.accessKeyId),
    region: signer.region ?? defaultRegion,
    clock: parts.clock,
    ids: parts.ids,
    random: parts.random,
    blobs: parts.blobs,
    events: parts.events,
    live: parts.opened.liveOf(serviceId),
    request: {
      id,
      accessKeyId: signer.accessKeyId ?? '',
      authentication: signer.authentication,
      host: address.host,
      origin: address.origin,
      sourceIpAddress: request.socket?.remoteAddress ?? '127.0.0.1',
      headers: request.headers,
    },
  }
}

function dataPlaneRequest({ id, address, wire, request, signer }: Exchange): DataPlaneRequest {
  return {
    id,
    address,
    wire,
    rawHeaders: request.rawHeaders,
    sourceIpAddress: request.socket?.remoteAddress ?? '127.0.0.1',
    accessKeyId: signer.accessKeyId,
  }
}

function exchangeFacts({ id, address }: Exchange): { requestId: string; resource: string } {
  return { requestId: id, resource: address.path }
}

function unknownService({ service, id, address }: Exchange): WireResponse {
  const error = new AwsError('NotImplemented', `Service ${service} is not part of this cloud yet`, {
    statusCode: 501,
  })
  return protocols
    .restXml({ protocol: 'restXml', operations: {} })
    .writeError(error, { requestId: id, resource: address.path })
}

function unknownOperation({ service, wire }: Exchange): AwsError {
  if (service !== 's3') {
    const name =
      headerOf(wire.headers, 'x-amz-target') ?? wire.query.get('Action') ?? `${wire.method} ${wire.path}`
    return new AwsError('UnknownOperationException', `${service} has no operation ${name}`, {
      statusCode: 404,
    })
  }
  return new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    statusCode: 405,
    members: { Method: wire.method },
  })
}

function notImplemented(serviceId: string, { operation }: Call): AwsError {
  return new AwsError('NotImplemented', `${serviceId}:${operation.name} is not implemented by this cloud`, {
    statusCode: 501,
  })
}

/** Writes an error in the shape of the service that it belongs to; what is no AwsError is our bug, and said so. */
function failureAnswer(parts: GatewayParts, exchange: Exchange, error: unknown): WireResponse {
  const service = parts.services.find(({ id }) => id === exchange.service)
  const model = service?.model ?? { protocol: 'restXml' as const, operations: {} }
  const known = error instanceof AwsError ? error : internalError(parts, exchange, error)
  const answer = protocols[model.protocol](model).writeError(known, exchangeFacts(exchange))
  // What is left of a body that nobody reads would have to be received first: the connection ends instead.
  if (
    !exchange.request.readableEnded &&
    exchange.request.httpVersionMajor === 1 &&
    mayHaveBody(exchange.wire)
  ) {
    answer.headers.connection = 'close'
  }
  return answer
}

function mayHaveBody({ body, headers }: WireRequest): boolean {
  return body.length !== 0 || headers['transfer-encoding'] !== undefined
}

function internalError(parts: GatewayParts, exchange: Exchange, error: unknown): AwsError {
  const isGone = exchange.request.destroyed && !exchange.request.readableEnded
  if (!isGone)
    parts.onBug(
      error,
      `${exchange.service} ${exchange.operation} ${exchange.wire.method} ${exchange.address.path}`,
    )
  return new AwsError('InternalError', 'We encountered an internal error. Please try again.', {
    statusCode: 500,
    cause: error,
  })
}

async function send(parts: GatewayParts, exchange: Exchange, wire: WireResponse): Promise<void> {
  const { headers } = wire
  headers['x-amz-request-id'] ??= exchange.id
  if (exchange.service === 's3') headers['x-amz-id-2'] ??= exchange.id
  await respond(exchange.request, exchange.response, wire)
  if (exchange.service === '') return
  const line = timelineLine(parts, exchange, wire.status)
  parts.timeline.add(line)
  parts.onRequest?.(line)
}

function timelineLine(parts: GatewayParts, exchange: Exchange, status: number): RequestLine {
  const milliseconds = performance.now() - exchange.startedAt
  return {
    time: parts.clock.now() - milliseconds,
    service: exchange.service,
    operation: exchange.operation,
    resource: exchange.address.path.slice(1),
    status,
    milliseconds,
    accountId: accountOf(exchange.signer.accessKeyId),
    requestId: exchange.id,
  }
}

/** An answer broke off while it was sent: the client must see that, so its connection ends. */
function abandon(parts: GatewayParts, exchange: Exchange, error: unknown): void {
  if (!exchange.response.destroyed) parts.onBug(error, `${exchange.service} ${exchange.operation} (answer)`)
  exchange.response.destroy()
}
