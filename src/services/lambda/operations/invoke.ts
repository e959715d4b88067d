import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda'
import { requestTooLarge } from '../document-limit.ts'
import { findCallTarget } from '../functions/call-target.ts'
import { type FunctionReference, readReference } from '../functions/reference.ts'
import { readClientContext, readPayload } from '../invocation/payload.ts'
import { run } from '../invocation/run.ts'
import type { CallTarget } from '../invocation/target.ts'
import { maxAsyncPayloadBytes } from '../limits.ts'
import type { LambdaContext, LambdaOperation } from '../operation.ts'
import type { LambdaState } from '../state.ts'
import { checkChoice, refuseFailures } from '../validation.ts'

type Input = Omit<InvocationRequest, 'Payload'> & { readonly Payload?: Uint8Array }

/**
 * Runs a function and answers what it gives, or takes an event for it to run later.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const invoke: LambdaOperation<Input, InvocationResponse> = (state, input, context) => {
  const reference = readReference(input, context)
  refuseFailures([
    ...checkChoice('invocationType', input.InvocationType, ['Event', 'RequestResponse', 'DryRun']),
    ...checkChoice('logType', input.LogType, ['None', 'Tail']),
  ])
  const target = findCallTarget(state, reference, context)
  if (input.InvocationType === 'DryRun') return { StatusCode: 204, $status: 204 }
  const payload = readPayload(input.Payload)
  if (input.InvocationType === 'Event') return enqueue({ target, reference, payload }, context)
  return call({ target, payload, input }, state, context)
}

function enqueue(
  { target, reference, payload }: { target: CallTarget; reference: FunctionReference; payload: Buffer },
  context: LambdaContext,
): Awaited<ReturnType<typeof invoke>> {
  if (payload.length > maxAsyncPayloadBytes) throw requestTooLarge('Invoke', maxAsyncPayloadBytes)
  context.live.queue.enqueue(target.owner, {
    requestId: context.request.id,
    qualifier: reference.qualifier,
    payload: payload.toString('utf8'),
    subject: 'Invoke',
  })
  return { StatusCode: 202, $status: 202 }
}

async function call(
  { target, payload, input }: { target: CallTarget; payload: Buffer; input: Input },
  state: LambdaState,
  context: LambdaContext,
): Promise<Awaited<ReturnType<typeof invoke>>> {
  const clientContext = readClientContext(input.ClientContext)
  const leave = context.live.concurrency.enter(state, target.owner)
  const traceId = context.request.headers['x-amzn-trace-id']
  const invocation = {
    requestId: context.request.id,
    payload,
    ...(clientContext !== undefined && { clientContext }),
    ...(typeof traceId === 'string' && { traceId }),
  }
  const result = await run({ target, invocation, cause: 'call', subject: 'Invoke' }, context.live).finally(
    leave,
  )
  return {
    StatusCode: 200,
    ExecutedVersion: target.version.version,
    Payload: result.payload as InvocationResponse['Payload'],
    FunctionError: result.functionError,
    LogResult: input.LogType === 'Tail' ? Buffer.from(result.logTail).toString('base64') : undefined,
  }
}
