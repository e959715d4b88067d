import { createHash } from 'node:crypto'
import { zipSync } from 'fflate'
import { createBlobStore } from '../../../../src/cloud/blob-store.ts'
import type { FunctionOutput } from '../../../../src/cloud/deliveries.ts'
import type { Containment, Platform } from '../../../../src/cloud/live-part.ts'
import { createScheduler } from '../../../../src/cloud/scheduler.ts'
import { createSeal, readSession, type Session } from '../../../../src/cloud/session-credentials.ts'
import { createClock, type MovableClock } from '../../../../src/core/clock.ts'
import { createIds } from '../../../../src/core/ids.ts'
import { createRandom } from '../../../../src/core/random.ts'
import { createRuntime } from '../../../../src/services/lambda/runtime/create-runtime.ts'
import type {
  Deployment,
  Invocation,
  InvocationResult,
  Runtime,
} from '../../../../src/services/lambda/runtime/runtime.ts'

/** A runtime without a cloud around it, and what it told. */
export interface Workbench {
  readonly runtime: Runtime
  readonly clock: MovableClock
  /** All that functions wrote so far, in order, without the line ends. */
  messages(): string[]
  /** Names of the log streams that were written to. */
  streams(): string[]
  /** Moves the clock and does what is due. */
  advance(milliseconds: number): Promise<void>
  invoke(deployment: Deployment, call?: Partial<Invocation> & { readonly event?: unknown }): Promise<Answer>
  readonly bugs: unknown[]
  /** Whom a function's credentials act as, by its environment's variables. */
  sessionOf(variables: Readonly<Record<string, string>>): Session | undefined
}

export interface Answer extends InvocationResult {
  /** The payload, parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever their function gave
  readonly value: any
}

export function createWorkbench(containment: Containment = 'open'): Workbench {
  const clock = createClock()
  const outputs: FunctionOutput[] = []
  const bugs: unknown[] = []
  const scheduler = createScheduler(clock, error => bugs.push(error))
  const platform = {
    clock,
    ids: createIds(),
    seal: createSeal(createIds()),
    random: createRandom(1),
    blobs: createBlobStore(),
    scheduler,
    containment,
    enforceIam: false,
    events: {
      emit: ({ detail }: { detail: unknown }) => outputs.push(detail as FunctionOutput),
      ask: async () => undefined,
    },
    endpoint: () => 'http://127.0.0.1:4566',
    onBug: (error: unknown) => bugs.push(error),
  } as unknown as Platform
  const runtime = createRuntime(platform)
  return {
    runtime,
    clock,
    bugs,
    sessionOf: ({ AWS_ACCESS_KEY_ID: key = '', AWS_SESSION_TOKEN: token = '' }) =>
      readSession(platform.seal, key, token),
    messages: () => outputs.flatMap(({ lines }) => lines.map(({ message }) => message.replace(/\n$/, ''))),
    streams: () => [...new Set(outputs.map(({ logStream }) => logStream))],
    advance: async milliseconds => {
      clock.advance(milliseconds)
      await scheduler.runDue()
    },
    invoke: async (deployment, { event = {}, ...call } = {}) => {
      const result = await runtime.invoke(deployment, {
        requestId: platform.ids.uuid(),
        invokedFunctionArn: deployment.functionArn,
        payload: Buffer.from(JSON.stringify(event)),
        ...call,
      })
      const text = Buffer.from(result.payload).toString('utf8')
      return { ...result, value: text === '' ? undefined : JSON.parse(text) }
    },
  }
}

/** Makes a zip of texts. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const entries = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === 'string' ? Buffer.from(content) : content,
  ])
  return Buffer.from(zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>))
}

let functionCount = 0

/** A function of its own, whose files are `files`; a text is its `index.mjs`. */
export function deploymentOf(
  files: string | Readonly<Record<string, string | Uint8Array>>,
  changes: Partial<Deployment> = {},
): Deployment {
  const bytes = zipOf(typeof files === 'string' ? { 'index.mjs': files } : files)
  const functionName = `funcion-${++functionCount}`
  return {
    accountId: '000000000000',
    region: 'us-east-1',
    functionName,
    functionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    version: '$LATEST',
    revision: '1',
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    memoryMegabytes: 256,
    timeoutSeconds: 5,
    ephemeralMegabytes: 512,
    variables: {},
    roleArn: 'arn:aws:iam::000000000000:role/lambda-role',
    code: { kind: 'memory', bytes, size: bytes.length },
    codeSha256: createHash('sha256').update(bytes).digest('base64'),
    layers: [],
    logging: { logGroup: `/aws/lambda/${functionName}`, format: 'Text' },
    ...changes,
  }
}
