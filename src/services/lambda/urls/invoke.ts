import type { StreamedBody } from '../../../wire/body.ts'
import type { WireResponse } from '../../../wire/http.ts'
import { createResponseQueue, type ResponseQueue } from '../invocation/response-queue.ts'
import { run } from '../invocation/run.ts'
import type { CallTarget } from '../invocation/target.ts'
import type { LambdaLive } from '../live.ts'
import type { InvocationResult } from '../runtime/runtime.ts'
import { failed, readAnswer, readStreamHead, withHead } from './answer.ts'

/** A call whose result becomes an HTTP answer; there is room for it. */
export interface AnswerCall {
  readonly target: CallTarget
  readonly requestId: string
  readonly payload: Buffer
  readonly subject: string
  readonly isStreamed: boolean
  /** Lets the room go. */
  readonly leave: () => void
}

/** Content type of a stream that begins with what the function says of the HTTP answer. */
const integrationType = 'application/vnd.awslambda.http-integration-response'
/** What stands between the head and the body in such a stream. */
const separator = Buffer.alloc(8)

/** Calls a function; the answer is there when its result is, or when it begins to stream. */
export async function invokeForAnswer(call: AnswerCall, live: LambdaLive): Promise<WireResponse> {
  const { target, requestId, payload, subject, isStreamed, leave } = call
  const queue = isStreamed ? createResponseQueue() : undefined
  const invocation = { requestId, payload, ...(queue && { stream: queue.stream }) }
  const result = run({ target, invocation, cause: 'url', subject }, live).finally(() => {
    leave()
    queue?.end()
  })
  if (!queue) return answerOf(await result)
  const first = await Promise.race([queue.begun, result])
  // Once the answer has begun nobody waits for the result any more.
  result.catch(error => live.platform.onBug(error, `function URL of ${target.owner.arn}`))
  return typeof first === 'string' ? streamAnswer(first, queue) : answerOf(first)
}

function answerOf({ functionError, payload }: InvocationResult): WireResponse {
  return functionError === undefined ? readAnswer(payload) : failed()
}

async function streamAnswer(contentType: string, queue: ResponseQueue): Promise<WireResponse> {
  const pieces = queue.read()
  if (contentType !== integrationType) {
    const headers = { 'content-type': contentType || 'application/octet-stream' }
    return { status: 200, headers, body: asBody(Buffer.alloc(0), pieces) }
  }
  let gathered = Buffer.alloc(0)
  let end = -1
  while (end === -1) {
    const { value, done } = await pieces.next()
    if (done) break
    gathered = Buffer.concat([gathered, value])
    end = gathered.indexOf(separator)
  }
  const head = end === -1 ? undefined : readStreamHead(gathered.subarray(0, end).toString('utf8'))
  if (!head) {
    await pieces.return(undefined)
    return failed()
  }
  return withHead(head, asBody(gathered.subarray(end + separator.length), pieces))
}

/** A body of what was read already and what is still to come. */
function asBody(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): StreamedBody {
  return {
    length: undefined,
    open: async function* () {
      if (first.length > 0) yield first
      yield* rest
    },
  }
}
