import type { IdSource } from '../../../core/ids.ts'
import type { Invocation } from './runtime.ts'

/** The headers that a call comes with. `remaining`: milliseconds until its deadline. */
export function invocationHeaders(
  invocation: Invocation,
  { remaining, ids }: { readonly remaining: number; readonly ids: IdSource },
): Record<string, string> {
  const { requestId, invokedFunctionArn, clientContext, traceId = makeTraceId(ids) } = invocation
  return {
    'Lambda-Runtime-Aws-Request-Id': requestId,
    // The process compares it with the machine's clock, which a moved clock of the cloud does not move.
    'Lambda-Runtime-Deadline-Ms': String(Math.round(Date.now() + remaining)),
    'Lambda-Runtime-Invoked-Function-Arn': asciiText(invokedFunctionArn),
    'Lambda-Runtime-Trace-Id': asciiText(traceId),
    ...(clientContext !== undefined && { 'Lambda-Runtime-Client-Context': asciiText(clientContext) }),
  }
}

function makeTraceId(ids: IdSource): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16)
  return `Root=1-${seconds}-${ids.hex(24)};Parent=${ids.hex(16)};Sampled=0`
}

/** JSON as it may stand in a header: one line of ASCII. */
function asciiText(json: string): string {
  return json
    .replace(/[\r\n]+/g, ' ')
    .replace(/[^\x20-\x7e]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
