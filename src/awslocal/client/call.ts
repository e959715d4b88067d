import type { HandlerExecutionContext } from '@smithy/types'
import type { LoadedService, Operation } from '../operation/operation.ts'
import { asWireSchema } from '../schema/wire-schema.ts'
import { toSdkInput } from '../values/to-sdk.ts'
import { protectNumbers } from '../values/wire-number.ts'
import { arrangeAnswer } from './arrange-answer.ts'
import { createCommand, type SdkClient, type SdkCommand } from './create-client.ts'
import { describeFailure, describeUnreachable } from './describe-failure.ts'

/** A service that can be called. */
export interface Caller {
  readonly loaded: LoadedService
  readonly client: SdkClient
  readonly endpoint: string
  readonly region: string
  /** Gets a line about each request when the command runs with `--debug`. */
  readonly trace?: (line: string) => void
  /** Gives calls up. */
  readonly signal?: AbortSignal
}

export type Answer = Record<string, unknown>

/** What was seen on the wire of one call. */
interface Exchange {
  bodyBytes: number
  statusCode: number
}

/**
 * Calls an operation with a validated input; gives the answer as AWS sent it: times and blobs as they stood on the wire, members
 * in the order of AWS's model, bodies as bytes or streams. Throws `ServiceFailure` when AWS refuses.
 */
export async function callOperation(
  caller: Caller,
  operation: Operation,
  input: Record<string, unknown>,
): Promise<Answer> {
  const { corrections } = caller.loaded.service
  const prepared = corrections?.prepare(operation.name, input) ?? input
  const command = createCommand(caller.loaded, operation.name, toSdkInput(operation.input, prepared))
  sendAsGiven(command, { operation, input: prepared })
  const exchange: Exchange = { bodyBytes: 0, statusCode: 0 }
  readAsWire(command, operation)
  watchWire(command, { caller, operation, exchange })
  try {
    const { $metadata: _, ...answer } = await caller.client.send(
      command,
      caller.signal ? { abortSignal: caller.signal } : {},
    )
    const arranged = arrangeAnswer(operation.output, answer)
    return corrections?.complete(operation.name, input, arranged) ?? arranged
  } catch (error) {
    throw describeFailure(error, { operation: operation.name, endpoint: caller.endpoint, ...exchange })
  }
}

/** Calls an operation whose answer is a stream of events; gives the answer as the SDK reads it. */
export async function openStream(caller: Caller, operation: Operation, input: object): Promise<Answer> {
  const command = createCommand(caller.loaded, operation.name, input)
  const exchange: Exchange = { bodyBytes: 0, statusCode: 0 }
  watchWire(command, { caller, operation, exchange })
  try {
    return await caller.client.send(command, caller.signal ? { abortSignal: caller.signal } : {})
  } catch (error) {
    throw describeFailure(error, { operation: operation.name, endpoint: caller.endpoint, ...exchange })
  }
}

/** Makes the SDK read the answer with the schema that keeps times and blobs as texts. */
function readAsWire(command: SdkCommand, operation: Operation): void {
  const [kind, namespace, name, traits, input, output] = operation.schema
  const schema = [kind, namespace, name, traits, input, asWireSchema(output)]
  command.middlewareStack.add(
    (next, context: HandlerExecutionContext) => async args => {
      const smithyContext: Record<string, unknown> = context.__smithy_context ?? {}
      smithyContext.operationSchema = schema
      return next(args)
    },
    { step: 'initialize', name: 'readAnswersAsOnTheWire', priority: 'high' },
  )
}

interface Given {
  readonly operation: Operation
  readonly input: Readonly<Record<string, unknown>>
}

/** Undoes what the SDK would add and the AWS CLI leaves to whoever writes the command: a bucket's region, a body's type. */
function sendAsGiven(command: SdkCommand, { operation, input }: Given): void {
  if (operation.name === 'CreateBucket') {
    const configuration = structuredClone(input.CreateBucketConfiguration)
    command.middlewareStack.add(
      next => args => next({ ...args, input: { ...args.input, CreateBucketConfiguration: configuration } }),
      { step: 'initialize', name: 'keepTheRegionAsGiven', priority: 'low' },
    )
  }
  if (operation.input.members.has('ContentType') && input.ContentType === undefined) {
    command.middlewareStack.add(
      next => args => {
        const { headers } = args.request as { headers: Record<string, string> }
        if (headers['content-type'] === 'application/octet-stream') delete headers['content-type']
        return next(args)
      },
      { step: 'build', name: 'keepTheTypeAsGiven', priority: 'low' },
    )
  }
}

interface Watch {
  readonly caller: Caller
  readonly operation: Operation
  readonly exchange: Exchange
}

interface WireResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | undefined>>
  body: unknown
}

/** Sees each response before the SDK reads it: notes what errors look like, and saves numbers that JSON parsing would change. */
function watchWire(command: SdkCommand, { caller, operation, exchange }: Watch): void {
  command.middlewareStack.add(
    next => async args => {
      const result = await next(args).catch((error: unknown) => {
        throw describeUnreachable(error, caller.endpoint)
      })
      const response = result.response as WireResponse
      exchange.statusCode = response.statusCode
      caller.trace?.(`${operation.name} → ${response.statusCode}`)
      if (response.statusCode >= 300) exchange.bodyBytes = await holdBody(response)
      else if (isJson(response) && !hasRawBody(operation)) await protectBody(response)
      return result
    },
    { step: 'deserialize', name: 'watchTheWire', priority: 'low' },
  )
}

function isJson(response: WireResponse): boolean {
  return /\bjson\b/.test(response.headers['content-type'] ?? '')
}

function hasRawBody(operation: Operation): boolean {
  return [...operation.output.members.values()].some(
    member => member.isPayload && member.shape.kind === 'blob',
  )
}

async function holdBody(response: WireResponse): Promise<number> {
  const bytes = await collectBytes(response.body)
  response.body = bytes
  return bytes.byteLength
}

async function protectBody(response: WireResponse): Promise<void> {
  const bytes = await collectBytes(response.body)
  response.body = new TextEncoder().encode(protectNumbers(new TextDecoder().decode(bytes)))
}

async function collectBytes(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body
  const chunks: Uint8Array[] = []
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks)
}
