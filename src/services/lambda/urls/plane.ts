import type { Caller } from '../../../cloud/caller.ts'
import type { DataPlaneRequest } from '../../../cloud/service.ts'
import { AwsError } from '../../../core/aws-error.ts'
import { headerOf, type WireResponse } from '../../../wire/http.ts'
import { functionPending, requestEntityTooLarge } from '../errors.ts'
import { latestQualifier } from '../functions/find.ts'
import { type CallTarget, chooseTarget } from '../invocation/target.ts'
import { maxSyncPayloadBytes } from '../limits.ts'
import type { LambdaLive } from '../live.ts'
import { type FoundUrl, requireUrlAccess } from './access.ts'
import { readUrlAddress, type UrlAddress } from './address.ts'
import { addCorsHeaders, answerPreflight } from './cors.ts'
import { writeEvent } from './event.ts'
import { invokeForAnswer } from './invoke.ts'

/** Answers a request to a function URL with what the function gives. */
export async function answerUrl(request: DataPlaneRequest, live: LambdaLive): Promise<WireResponse> {
  const address = readUrlAddress(request.address)
  const found = address && findUrl(address.id, live)
  request.show({ operation: 'InvokeFunctionUrl', resource: found?.owner.name ?? address?.id ?? '' })
  if (found) request.show({ accountId: found.owner.accountId, region: found.owner.region })
  if (!address || !found) return refusal(403, 'AccessDeniedException', { Message: null })
  const preflight = answerPreflight(request.wire, found.url.cors)
  if (preflight) return preflight
  const answer = await invoke({ request, address, found }, live).catch(error => failureAnswer(error, request))
  addCorsHeaders(answer, headerOf(request.wire.headers, 'origin'), found.url.cors)
  return answer
}

function findUrl(id: string, { platform }: LambdaLive): FoundUrl | undefined {
  for (const { state } of platform.states()) {
    for (const owner of state.functions.values())
      for (const [qualifier, url] of owner.urls) if (url.id === id) return { owner, qualifier, url }
  }
  return undefined
}

interface UrlCall {
  readonly request: DataPlaneRequest
  readonly address: UrlAddress
  readonly found: FoundUrl
}

async function invoke({ request, address, found }: UrlCall, live: LambdaLive): Promise<WireResponse> {
  const { platform } = live
  const caller = await requireUrlAccess(found, request, live)
  const isSigned = found.url.authType === 'AWS_IAM'
  const wire = isSigned ? await request.requireSignature('lambda') : request.wire
  const body = await wire.body.bytes(maxSyncPayloadBytes).catch(refuseLarge)
  const target = findTarget(found, live)
  const requestId = platform.ids.uuid()
  const event = writeEvent(request, {
    address,
    requestId,
    time: platform.clock.now(),
    body,
    ...(isSigned && { caller: callerFacts(caller, request) }),
  })
  const leave = live.concurrency.enter(
    platform.stateOf(target.owner.accountId, target.owner.region),
    target.owner,
  )
  const answer = await invokeForAnswer(
    {
      target,
      requestId,
      payload: Buffer.from(JSON.stringify(event)),
      subject: `${request.wire.method} ${address.path}`,
      isStreamed: found.url.invokeMode === 'RESPONSE_STREAM',
      leave,
    },
    live,
  )
  answer.headers['x-amzn-requestid'] = requestId
  return answer
}

function findTarget({ owner, qualifier }: FoundUrl, { platform }: LambdaLive): CallTarget {
  const named = qualifier === latestQualifier ? undefined : qualifier
  const target = chooseTarget(owner, named, platform.random)
  const state = target?.version.activation.state ?? 'Inactive'
  if (!target || state !== 'Active') throw functionPending(state)
  return target
}

function callerFacts({ arn, facts }: Caller, { accessKeyId = '' }: DataPlaneRequest) {
  return {
    accessKey: accessKeyId,
    accountId: String(facts['aws:PrincipalAccount'] ?? ''),
    arn,
    userId: String(facts['aws:userid'] ?? ''),
  }
}

function refuseLarge(error: unknown): never {
  if (error instanceof AwsError && error.code === 'EntityTooLarge')
    throw requestEntityTooLarge(
      `Request must be smaller than ${maxSyncPayloadBytes} bytes for the InvokeFunction operation`,
    )
  throw error
}

function failureAnswer(error: unknown, { show }: DataPlaneRequest): WireResponse {
  if (!(error instanceof AwsError)) throw error
  show({ error })
  const { statusCode, code, message, members } = error
  return refusal(
    statusCode,
    code,
    code === 'AccessDeniedException' ? { Message: message } : { ...members, message },
  )
}

function refusal(status: number, code: string, document: object): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify(document),
  }
}
