import type { InvokeAsyncRequest, InvokeAsyncResponse } from '@aws-sdk/client-lambda'
import type { RequestBody } from '../../../wire/body.ts'
import { requestTooLarge } from '../document-limit.ts'
import { findCallTarget } from '../functions/call-target.ts'
import { readReference } from '../functions/reference.ts'
import { readPayload } from '../invocation/payload.ts'
import { maxAsyncPayloadBytes } from '../limits.ts'
import type { LambdaOperation } from '../operation.ts'

type Input = Omit<InvokeAsyncRequest, 'InvokeArgs'> & { readonly InvokeArgs?: RequestBody }

/**
 * Takes an event for a function to run later: what Invoke does with `InvocationType: Event`, in an older form.
 * https://docs.aws.amazon.com/lambda/latest/api/API_InvokeAsync.html
 */
export const invokeAsync: LambdaOperation<Input, InvokeAsyncResponse> = async (state, input, context) => {
  const reference = readReference(input, context)
  const { owner } = findCallTarget(state, reference, context)
  const payload = readPayload(await input.InvokeArgs?.bytes(2 * maxAsyncPayloadBytes))
  if (payload.length > maxAsyncPayloadBytes) throw requestTooLarge('InvokeAsync', maxAsyncPayloadBytes)
  context.live.queue.enqueue(owner, {
    requestId: context.request.id,
    qualifier: reference.qualifier,
    payload: payload.toString('utf8'),
    subject: 'InvokeAsync',
  })
  return { Status: 202, $status: 202 }
}
