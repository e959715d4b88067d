import type { Clock } from '../core/clock.ts'
import { accountOf, defaultAccountId } from './accounts.ts'
import { controlRoot } from './control-plane.ts'
import type { Exchange } from './exchange.ts'
import { askedName } from './failures.ts'
import { healthPath } from './health.ts'
import type { Evidence } from './hints/hint.ts'
import type { HttpRequest, RefusedRequest } from './http-server.ts'
import type { Recorder } from './recorder.ts'
import type { AnyService, CallDescription } from './service.ts'
import type { RequestLine } from './timeline.ts'

/** What telling of a request needs. */
export interface TellingParts {
  readonly clock: Clock
  readonly services: readonly AnyService[]
  readonly recorder: Recorder
}

/** The service of lines about what no service had a word on. */
const noService = 'http'
/** Longest resource that a line keeps, in characters: S3's longest key, encoded, in its bucket. */
const maxResourceLength = 3200
/** nginx's status for a client that left before its answer; AWS's logs have none of their own. */
const clientLeft = 499

/** Records a request when nothing more will be sent; the cloud's own pages are none of AWS's, unless they are refused. */
export function recordExchange(parts: TellingParts, exchange: Exchange, status: number): void {
  const { failure, response } = exchange
  if (failure === undefined && isOwnPage(exchange)) return
  const line = lineOf(parts, exchange, status)
  if (response.writableEnded) parts.recorder.record(line, () => evidenceOf(exchange))
  else parts.recorder.record(cutOff(line, exchange))
}

function lineOf({ clock, services }: TellingParts, exchange: Exchange, status: number): RequestLine {
  const { shown, signer, failure } = exchange
  const milliseconds = performance.now() - exchange.startedAt
  const error = shown?.error ?? failure
  const service = shown?.service ?? exchange.service
  const line: { -readonly [Member in keyof RequestLine]: RequestLine[Member] } = {
    time: clock.now() - milliseconds,
    service: service === '' ? noService : service,
    operation: shown?.operation ?? operationOf(exchange),
    resource: shown?.resource ?? pathOf(exchange),
    status,
    milliseconds,
    accountId: shown?.accountId ?? accountOf(signer.accessKeyId),
    requestId: exchange.id,
  }
  const region = shown?.region ?? signer.region
  if (region !== undefined) line.region = region
  if (error !== undefined && status >= 400) line.error = { code: error.code, message: error.message }
  if (shown === undefined) Object.assign(line, describe(services, exchange))
  return line
}

/** A client that left saw no error: what the cloud made of it is of no use to anybody. */
function cutOff({ error, ...line }: RequestLine, { response }: Exchange): RequestLine {
  return { ...line, status: response.headersSent ? response.statusCode : clientLeft, brokeOff: true }
}

function isOwnPage({ address: { path } }: Exchange): boolean {
  return path.startsWith(controlRoot) || path === healthPath
}

/** The operation's name; what the client called it, or its method, where there is no such operation. */
function operationOf({ operation, service, wire }: Exchange): string {
  if (operation !== '') return operation
  const asked = service === '' ? undefined : askedName(wire)
  return asked?.slice(asked.lastIndexOf('.') + 1) ?? wire.method
}

/** The path, still percent-encoded, with the bucket that the host names. */
function pathOf({ address, wire }: Exchange): string {
  const { Bucket: bucket } = wire.contextMembers
  if (bucket !== undefined && wire.path === '/') return bucket
  // With the bucket in the path, what S3 reads is shorter than what came.
  const isInHost = bucket !== undefined && wire.path.length === address.path.length
  return isInHost ? bucket + address.path : address.path.slice(1)
}

function describe(services: readonly AnyService[], exchange: Exchange): CallDescription | undefined {
  const { service: id, operation, input, output } = exchange
  if (input === undefined) return undefined
  return services.find(service => service.id === id)?.describe?.({ operation, input, output })
}

function evidenceOf({ shown, input, output, failure, signer }: Exchange): Evidence {
  return {
    input: shown?.input ?? input,
    output,
    error: shown?.error ?? failure,
    authentication: signer.authentication,
    accessKeyId: signer.accessKeyId,
  }
}

/** A request whose target or headers could not be read. */
export function unreadableLine(
  { clock }: Pick<TellingParts, 'clock'>,
  { method = '', url = '' }: Pick<HttpRequest, 'method' | 'url'>,
  answer: { readonly status: number; readonly requestId: string },
): RequestLine {
  return {
    time: clock.now(),
    service: noService,
    operation: method,
    resource: url.slice(0, maxResourceLength).replace(/^\//, ''),
    status: answer.status,
    milliseconds: 0,
    accountId: defaultAccountId,
    requestId: answer.requestId,
  }
}

/** What is no HTTP: of its first line, what there is. */
export function refusedLine(
  parts: Pick<TellingParts, 'clock'>,
  { status, bytes }: RefusedRequest,
  requestId: string,
): RequestLine {
  const first = bytes?.toString('latin1', 0, maxResourceLength).split(/[\r\n]/, 1)[0] ?? ''
  const [, method = '?', url = first] = /^([A-Z]{1,20}) (\S+)/.exec(first) ?? []
  return unreadableLine(parts, { method, url }, { status, requestId })
}
