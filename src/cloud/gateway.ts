import { AwsError } from '../core/aws-error.ts'
import type { MovableClock } from '../core/clock.ts'
import type { IdSource } from '../core/ids.ts'
import type { Random } from '../core/random.ts'
import { isForm, maxFormBytes, mergeForm } from '../wire/form.ts'
import type { WireResponse } from '../wire/http.ts'
import type { Call, Protocol } from '../wire/protocol.ts'
import { protocols } from '../wire/protocols.ts'
import { bucketUrlOf } from './address.ts'
import { signerOf, signerOfForm } from './authorization.ts'
import { authorize } from './authorize.ts'
import type { BlobStore } from './blob-store.ts'
import { type Controllable, controlAnswer, controlRoot } from './control-plane.ts'
import { answerPage, isFromPage } from './cross-origin.ts'
import { durably } from './durable-answers.ts'
import type { EventPort } from './events.ts'
import {
  createContext,
  dataPlaneRequest,
  type Exchange,
  exchangeFacts,
  openExchange,
  withBucket,
  withCarriedHeaders,
} from './exchange.ts'
import { failureAnswer, notImplemented, unknownOperation, unknownService } from './failures.ts'
import { refuseForeignHosts, refuseForeignOrigins } from './foreigners.ts'
import { healthAnswer, healthPath } from './health.ts'
import type { RequestHandler } from './http-server.ts'
import type { OpenDataPlane, OpenedServices } from './open-services.ts'
import type { Operation } from './operation.ts'
import type { Durability } from './persistence/persistence.ts'
import type { Recorder } from './recorder.ts'
import { unreadableLine } from './request-line.ts'
import { respond } from './respond.ts'
import { sendAnswer } from './send-answer.ts'
import type { AnyService, Forms } from './service.ts'
import { createServiceLocator } from './service-locator.ts'
import type { CredentialSeal } from './session-credentials.ts'
import { refuseExpiredUrl } from './signatures/presigned-expiry.ts'
import { HeldBody, holdBody } from './signatures/signed-body.ts'
import { verifySignature } from './signatures/verify.ts'
import { verifyForm } from './signatures/verify-form.ts'
import type { StateStore } from './state-store.ts'

/** Everything that the gateway puts together. */
export interface GatewayParts {
  readonly services: readonly AnyService[]
  readonly states: StateStore
  readonly blobs: BlobStore
  readonly events: EventPort
  readonly clock: MovableClock
  readonly ids: IdSource
  readonly random: Random
  readonly seal: CredentialSeal
  readonly recorder: Recorder
  readonly opened: OpenedServices
  readonly control: Controllable
  readonly controlToken: string | undefined
  /** Absent for a cloud in memory. */
  readonly durability: Durability | undefined
  /** Whether permissions decide (`ENFORCE_IAM=1`). */
  readonly enforceIam: boolean
  /** Whether signatures are checked (`TALLER_VERIFY_SIGNATURES=1`). */
  readonly verifySignatures: boolean
  /** Whether names other than this machine's own may be used to reach it (a server that listens beyond loopback). */
  readonly acceptsForeignHosts: boolean
  /** Told of an exception that no operation should throw. */
  readonly onBug: (error: unknown, request: string) => void
}

interface Endpoint {
  readonly service: AnyService
  readonly protocol: Protocol
}

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
    if (path !== healthPath && !path.startsWith(controlRoot)) return undefined
    refuseForeignOrigins(exchange)
    return path.startsWith(controlRoot)
      ? controlAnswer(parts.control, exchange.wire, parts.controlToken)
      : healthAnswer([...endpoints.keys()], used)
  }

  const findService = async (exchange: Exchange): Promise<void> => {
    if (isQueryCall(exchange)) exchange.wire = await readQueryCall(parts, exchange)
    exchange.service = locate(exchange.wire, exchange.signer, exchange.address.host)
  }

  const answer = async (exchange: Exchange): Promise<WireResponse> => {
    refuseForeignHosts(parts, exchange)
    const own = ownAnswer(exchange)
    if (own) return own
    exchange.signer = signerOf(exchange.wire.headers, exchange.wire.query)
    const dataPlane = parts.opened.dataPlaneOf(exchange.address)
    if (dataPlane) return answerDataPlane(parts, exchange, dataPlane)
    if (isFromPage(exchange)) {
      const service = locate(exchange.wire, exchange.signer, exchange.address.host)
      const preflight = answerPage(parts, exchange, service)
      if (preflight) return preflight
    }
    if (exchange.service === '') await findService(exchange)
    const endpoint = endpoints.get(exchange.service)
    if (!endpoint) throw unknownService(exchange)
    used.add(exchange.service)
    if (exchange.service !== 's3') exchange.id = parts.ids.uuid()
    return answerCall(parts, endpoint, exchange)
  }

  const answerOrFail = (exchange: Exchange): Promise<WireResponse> =>
    answer(exchange).catch(error => failureAnswer(parts, exchange, error))

  const settledAnswer = parts.durability ? durably(parts, parts.durability, answerOrFail) : answerOrFail

  return (request, response) => {
    const exchange = openExchange(parts.ids, request, response)
    if ('status' in exchange) {
      void respond(request, response, exchange)
      const { status } = exchange
      parts.recorder.record(unreadableLine(parts, request, { status, requestId: parts.ids.requestId() }))
      return
    }
    void sendAnswer(parts, exchange, settledAnswer(exchange))
  }
}

/** A call of a query service comes as a form to the root; an S3 object may have a form's content type as well. */
function isQueryCall({ wire, signer, address }: Exchange): boolean {
  return wire.method === 'POST' && address.path === '/' && signer.service !== 's3' && isForm(wire.headers)
}

/**
 * A query call's form. Its bytes are kept: its signature is over them, and some who send forms call another service (curl,
 * which says of whatever it sends that it is one).
 */
async function readQueryCall(
  { verifySignatures }: GatewayParts,
  { wire }: Exchange,
): Promise<Exchange['wire']> {
  const body = verifySignatures
    ? await holdBody(wire.body)
    : new HeldBody(await wire.body.bytes(maxFormBytes), wire.body.trailers)
  return mergeForm({ ...wire, body })
}

/** Answers a call of a service that is here, when its signature lets it. */
async function answerCall(
  parts: GatewayParts,
  endpoint: Endpoint,
  exchange: Exchange,
): Promise<WireResponse> {
  if (exchange.service === 's3') exchange.wire = withBucket(exchange)
  const { forms } = endpoint.service
  if (forms?.accepts(exchange.wire)) return answerForm(parts, { ...endpoint, forms }, exchange)
  if (parts.verifySignatures) await verifySignature(parts, exchange, endpoint.service)
  else if (exchange.signer.authentication === 'presigned') refuseExpiredUrl(exchange.wire, parts.clock.now())
  if (exchange.service === 's3' && exchange.signer.authentication === 'presigned')
    exchange.wire = withCarriedHeaders(exchange.wire)
  return answerService(parts, endpoint, exchange)
}

/** Answers a request that no API is for; the plane says what it turns out to be. */
function answerDataPlane(
  parts: GatewayParts,
  exchange: Exchange,
  { serviceId, answer }: OpenDataPlane,
): Promise<WireResponse> {
  exchange.shown = { service: serviceId, operation: exchange.wire.method }
  const request = dataPlaneRequest(exchange, {
    requireSignature: signedFor => requireSignature(parts, exchange, signedFor),
    show: facts => {
      exchange.shown = { service: serviceId, operation: exchange.wire.method, ...exchange.shown, ...facts }
    },
  })
  return answer(request)
}

/** Checks the signature of a request to a data plane of a service. */
async function requireSignature(
  parts: GatewayParts,
  exchange: Exchange,
  serviceId: string,
): Promise<Exchange['wire']> {
  const service = parts.services.find(({ id }) => id === serviceId)
  if (service && parts.verifySignatures) await verifySignature(parts, exchange, service)
  return exchange.wire
}

/** Answers a browser's form: the call that it stands for, by whoever signed it. */
async function answerForm(
  parts: GatewayParts,
  endpoint: Endpoint & { readonly forms: Forms },
  exchange: Exchange,
): Promise<WireResponse> {
  const { service, forms } = endpoint
  const { wire, address } = exchange
  const now = parts.clock.now()
  const form = await forms.read({ wire, now, bucketUrl: bucketUrlOf(address) })
  try {
    exchange.operation = form.operation
    exchange.wire = form.wire
    exchange.signer = signerOfForm(form.signed)
    if (parts.verifySignatures) await verifyForm({ parts, exchange, service }, form.signed)
    return form.answer(await answerService(parts, endpoint, exchange))
  } catch (error) {
    form.abandon()
    // What is left of the request is told by its own length, not by the file's.
    exchange.wire = wire
    throw error
  }
}

async function answerService(
  parts: GatewayParts,
  endpoint: Endpoint,
  exchange: Exchange,
): Promise<WireResponse> {
  const { service, protocol } = endpoint
  const call = protocol.route(exchange.wire, name => name in service.operations)
  if (!call) throw unknownOperation(exchange)
  // A form's operation has a name of its own, and was found already.
  exchange.operation ||= call.operation.name
  const operation = service.operations[exchange.operation]
  if (!operation) throw notImplemented(service.id, call)
  const input = await readInput(service, call, exchange)
  exchange.input = input
  const context = createContext(parts, exchange, { live: parts.opened.liveOf(service.id) })
  const state = parts.states.get(service, context.accountId, context.region)
  const run = parts.enforceIam ? authorized(parts, endpoint, exchange) : operation
  const result = run(state, input, context)
  const output = result instanceof Promise ? await result : result
  exchange.output = output
  return protocol.writeOutput(call.operation, output ?? {}, exchangeFacts(exchange))
}

/** Reads a call's input by the rules that its service has for documents. */
async function readInput(
  { inspectDocument, documentLimit }: AnyService,
  call: Call,
  { operation, wire }: Exchange,
): Promise<Record<string, unknown>> {
  const limit = documentLimit?.(operation)
  const inspect =
    inspectDocument && ((bytes: Buffer) => inspectDocument({ operation, bytes, headers: wire.headers }))
  try {
    return await call.readInput({ inspect, limitBytes: limit?.bytes })
  } catch (error) {
    const isTooLarge = error instanceof AwsError && error.code === 'EntityTooLarge'
    throw limit && isTooLarge ? limit.refuse() : error
  }
}

/** The operation as a caller may call it whose permissions decide. */
function authorized(
  parts: GatewayParts,
  { service }: Endpoint,
  exchange: Exchange,
): Operation<unknown, Record<string, unknown>, unknown> {
  return async (state, input, context) => {
    const { operation } = exchange
    const { accountId, region } = context
    const scope = { state, accountId, region }
    const authority = await authorize(parts, exchange, { service, operation, input, scope })
    return service.operations[operation]?.(state, input, { ...context, ...authority })
  }
}
