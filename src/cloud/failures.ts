import { AwsError } from '../core/aws-error.ts'
import { headerOf, type WireRequest, type WireResponse } from '../wire/http.ts'
import type { Call } from '../wire/protocol.ts'
import { protocols } from '../wire/protocols.ts'
import { DiskError } from './disk.ts'
import { type Exchange, exchangeFacts } from './exchange.ts'
import type { AnyService, Outage } from './service.ts'

/** Largest body that is received although nobody will read it, in bytes: a zip of 70 MB is, an object of gigabytes is not. */
const maxDiscardedBytes = 256 * 1024 * 1024

/** What a failure is answered with. */
export interface FailureParts {
  readonly services: readonly AnyService[]
  readonly onBug: (error: unknown, request: string) => void
}

/** A service that this cloud does not have. */
export function unknownService({ service }: Exchange): AwsError {
  return new AwsError('NotImplemented', `Service ${service} is not part of this cloud yet`, {
    statusCode: 501,
  })
}

/** A request that names no operation of its service. */
export function unknownOperation({ service, wire }: Exchange): AwsError {
  if (service !== 's3') {
    const name = askedName(wire) ?? `${wire.method} ${wire.path}`
    return new AwsError('UnknownOperationException', `${service} has no operation ${name}`, {
      statusCode: 404,
    })
  }
  return new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    statusCode: 405,
    members: { Method: wire.method, ResourceType: resourceTypeOf(wire) },
  })
}

/** What a request to S3 is about, in its words. */
function resourceTypeOf({ path, contextMembers }: WireRequest): string {
  if (contextMembers.Bucket === undefined) return 'SERVICE'
  return path === '/' ? 'BUCKET' : 'OBJECT'
}

/** How a call names its operation where its path does not: with a target or as an action. */
export function askedName({ headers, query }: WireRequest): string | undefined {
  return headerOf(headers, 'x-amz-target') ?? query.get('Action')
}

/** An operation of AWS's that this cloud does not have. */
export function notImplemented(serviceId: string, { operation }: Call): AwsError {
  return new AwsError('NotImplemented', `${serviceId}:${operation.name} is not implemented by this cloud`, {
    statusCode: 501,
  })
}

/** What every AWS service may answer. https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const commonOutage: Outage = { code: 'ServiceUnavailable', statusCode: 503 }

/** The disk's failure as the service says that it cannot work; S3's words, which go on with the cause. */
function outageOf(service: AnyService | undefined, cause: DiskError): AwsError {
  const { code, statusCode } = service?.outage ?? commonOutage
  return new AwsError(code, `Service is unable to handle request: ${cause.message}.`, { statusCode, cause })
}

/**
 * Writes an error in the shape of the service that it belongs to. The machine's failures are answered as an outage; what
 * else is no AwsError is our bug, and said so.
 */
export function failureAnswer(parts: FailureParts, exchange: Exchange, error: unknown): WireResponse {
  const service = parts.services.find(({ id }) => id === exchange.service)
  const model = service?.model ?? { protocol: 'restXml' as const, operations: {} }
  const known =
    error instanceof AwsError
      ? error
      : error instanceof DiskError
        ? outageOf(service, error)
        : internalError(parts, exchange, error)
  exchange.failure = known
  const answer = protocols[model.protocol](model).writeError(known, exchangeFacts(exchange))
  if (mustEndConnection(exchange)) answer.headers.connection = 'close'
  return answer
}

/** What is left of a large body that nobody reads would have to be received first: the connection ends instead. */
function mustEndConnection({ request, wire }: Exchange): boolean {
  if (request.readableEnded || request.httpVersionMajor !== 1 || !mayHaveBody(wire)) return false
  return request.destroyed || !isWorthReceiving(wire)
}

/** Ending the connection while a client still sends may take its answer away: a body that soon ends is received in vain. */
function isWorthReceiving({ body, headers }: WireRequest): boolean {
  return headers.expect === undefined && body.length !== undefined && body.length <= maxDiscardedBytes
}

function mayHaveBody({ body, headers }: WireRequest): boolean {
  return body.length !== 0 || headers['transfer-encoding'] !== undefined
}

function internalError(parts: FailureParts, exchange: Exchange, error: unknown): AwsError {
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
