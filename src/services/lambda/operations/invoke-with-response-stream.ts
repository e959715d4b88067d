import type {
  InvokeWithResponseStreamRequest,
  InvokeWithResponseStreamResponse,
  InvokeWithResponseStreamResponseEvent,
} from '@aws-sdk/client-lambda'
import { findCallTarget } from '../functions/call-target.ts'
import { readReference } from '../functions/reference.ts'
import { readClientContext, readPayload } from '../invocation/payload.ts'
import { createResponseQueue, type ResponseQueue } from '../invocation/response-queue.ts'
import { run } from '../invocation/run.ts'
import type { CallTarget } from '../invocation/target.ts'
import type { LambdaContext, LambdaOperation } from '../operation.ts'
import type { InvocationResult } from '../runtime/runtime.ts'
import type { LambdaState } from '../state.ts'
import { checkChoice, refuseFailures } from '../validation.ts'

type Input = Omit<InvokeWithResponseStreamRequest, 'Payload'> & { readonly Payload?: Uint8Array }
type Output = Omit<InvokeWithResponseStreamResponse, 'EventStream'> & {
  readonly EventStream?: AsyncIterable<InvokeWithResponseStreamResponseEvent>
}

/**
 * Runs a function and answers what it writes as it writes it.
 * https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html
 */
export const invokeWithResponseStream: LambdaOperation<Input, Output> = async (state, input, context) => {
  const reference = readReference(input, context)
  refuseFailures([
    ...checkChoice('invocationType', input.InvocationType, ['RequestResponse', 'DryRun']),
    ...checkChoice('logType', input.LogType, ['None', 'Tail']),
  ])
  const target = findCallTarget(state, reference, context)
  if (input.InvocationType === 'DryRun') return { StatusCode: 204, $status: 204 }
  const queue = createResponseQueue()
  const result = begin({ target, input, queue }, state, context)
  const contentType = await Promise.race([queue.begun, result.then(() => 'application/json')])
  return {
    StatusCode: 200,
    ExecutedVersion: target.version.version,
    ResponseStreamContentType: contentType,
    EventStream: readEvents(queue, { result, withLog: input.LogType === 'Tail' }),
  }
}

function begin(
  { target, input, queue }: { target: CallTarget; input: Input; queue: ResponseQueue },
  state: LambdaState,
  context: LambdaContext,
): Promise<InvocationResult> {
  const payload = readPayload(input.Payload)
  const clientContext = readClientContext(input.ClientContext)
  const leave = context.live.concurrency.enter(state, target.owner)
  const invocation = {
    requestId: context.request.id,
    payload,
    ...(clientContext !== undefined && { clientContext }),
    stream: queue.stream,
  }
  const call = { target, invocation, cause: 'call', subject: 'Invoke' } as const
  return run(call, context.live).finally(() => {
    leave()
    queue.end()
  })
}

/** What the function wrote, then how it ended. A handler that does not stream gives its result as one piece. */
async function* readEvents(
  queue: ResponseQueue,
  { result, withLog }: { readonly result: Promise<InvocationResult>; readonly withLog: boolean },
): AsyncGenerator<InvokeWithResponseStreamResponseEvent> {
  for await (const Payload of queue.read()) yield { PayloadChunk: { Payload } }
  const { payload, functionError, logTail } = await result
  const document = Buffer.from(payload).toString('utf8')
  if (functionError === undefined && payload.length > 0) yield { PayloadChunk: { Payload: payload } }
  yield {
    InvokeComplete: {
      ...(functionError !== undefined && { ErrorCode: functionError, ErrorDetails: document }),
      ...(withLog && { LogResult: Buffer.from(logTail).toString('base64') }),
    },
  }
}
