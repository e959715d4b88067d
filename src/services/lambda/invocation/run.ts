import type { InvocationFacts } from '../../../cloud/timeline.ts'
import { countInvocations } from '../asynchronous/loops.ts'
import type { LambdaLive } from '../live.ts'
import type { Invocation, InvocationResult } from '../runtime/runtime.ts'
import { deploymentOf } from './deployment.ts'
import type { CallTarget } from './target.ts'

/** One call, ready to run: there is room for it. */
export interface Run {
  readonly target: CallTarget
  readonly invocation: Omit<Invocation, 'invokedFunctionArn'>
  readonly cause: InvocationFacts['cause']
  /** What it is about, for the timeline. */
  readonly subject: string
}

/** Runs a call and shows it in the timeline. */
export async function run(
  { target, invocation, cause, subject }: Run,
  live: Pick<LambdaLive, 'runtime' | 'platform'>,
): Promise<InvocationResult> {
  const { owner, version, invokedArn } = target
  const { runtime, platform } = live
  const time = platform.clock.now()
  const startedAt = performance.now()
  const result = await runtime.invoke(deploymentOf(owner, version), {
    ...invocation,
    invokedFunctionArn: invokedArn,
  })
  const milliseconds = performance.now() - startedAt
  const failed = result.functionError !== undefined
  // The request that called is shown when it is answered; this line stands under it.
  setImmediate(() =>
    platform.show({
      time,
      service: 'lambda',
      operation: owner.name,
      resource: subject,
      status: failed ? 500 : 200,
      milliseconds,
      accountId: owner.accountId,
      region: owner.region,
      requestId: invocation.requestId,
      invocation: { cause, ...endOf(result), ...chainOf(invocation.traceId, owner.arn) },
    }),
  )
  return result
}

/** How an invocation ended, in the words of whoever failed. */
function endOf({ functionError, payload }: InvocationResult): Pick<InvocationFacts, 'outcome' | 'error'> {
  if (functionError === undefined) return { outcome: 'ok' }
  const document = readDocument(Buffer.from(payload).toString('utf8'))
  const { errorType, errorMessage } = document ?? {}
  const error = { type: String(errorType ?? ''), message: String(errorMessage ?? '') }
  return { outcome: 'error', error }
}

function readDocument(text: string): { errorType?: unknown; errorMessage?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch (error) {
    // A runtime of the function's own may answer what is no JSON.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function chainOf(traceId: string | undefined, functionArn: string): Pick<InvocationFacts, 'chain'> {
  const chain = traceId === undefined ? 1 : countInvocations(traceId, functionArn)
  return chain > 1 ? { chain } : {}
}
