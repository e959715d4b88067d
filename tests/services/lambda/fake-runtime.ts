import type {
  Deployment,
  Invocation,
  InvocationResult,
  Runtime,
} from '../../../src/services/lambda/runtime/runtime.ts'

/** What a function of the fake runtime does: gives its result, or throws its error. */
export type FakeHandler = (event: unknown, call: FakeCall) => unknown

/** One call of a fake function. */
export interface FakeCall {
  readonly deployment: Deployment
  readonly invocation: Invocation
}

/** A runtime without processes: its functions are JavaScript functions of the test, by name; others answer their event. */
export interface FakeRuntime extends Runtime {
  readonly handlers: Map<string, FakeHandler>
  readonly calls: FakeCall[]
  readonly retired: string[]
}

export function createFakeRuntime(): FakeRuntime {
  const underWay = new Set<Promise<unknown>>()
  const runtime: FakeRuntime = {
    handlers: new Map(),
    calls: [],
    retired: [],
    invoke: (deployment, invocation) => {
      runtime.calls.push({ deployment, invocation })
      const work = invokeHandler(runtime.handlers.get(deployment.functionName), { deployment, invocation })
      underWay.add(work)
      return work.finally(() => underWay.delete(work))
    },
    findProblem: async name => (name.startsWith('java') ? 'This machine has no Java.' : undefined),
    retire: async arn => {
      runtime.retired.push(arn)
    },
    isIdle: () => underWay.size === 0,
    idle: async () => {
      await Promise.all(underWay)
    },
    reset: async () => undefined,
    close: async () => undefined,
  }
  return runtime
}

async function invokeHandler(
  handler: FakeHandler = event => event,
  call: FakeCall,
): Promise<InvocationResult> {
  const event: unknown = JSON.parse(Buffer.from(call.invocation.payload).toString('utf8'))
  const facts = { logTail: `START RequestId: ${call.invocation.requestId}\n`, durationMilliseconds: 1 }
  try {
    const result = await handler(event, call)
    return { payload: Buffer.from(JSON.stringify(result ?? null)), ...facts }
  } catch (error) {
    const { name, message } = error as Error
    const payload = Buffer.from(JSON.stringify({ errorType: name, errorMessage: message, trace: [] }))
    return { payload, functionError: 'Unhandled', ...facts }
  }
}
