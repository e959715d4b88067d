import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
  LambdaServiceException,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll } from 'vitest'
import { type Cloud, type CloudOptions, startCloud } from '../../../src/cloud/cloud.ts'
import type { RequestLine } from '../../../src/cloud/timeline.ts'
import { createClock, type MovableClock } from '../../../src/core/clock.ts'
import { defineLambda } from '../../../src/services/lambda/index.ts'
import { s3 } from '../../../src/services/s3/index.ts'
import { createFakeRuntime, type FakeRuntime } from './fake-runtime.ts'

/** Any role's ARN: it need not exist. */
export const role = 'arn:aws:iam::000000000000:role/lambda-role'

/** A cloud whose functions are JavaScript functions of the test. */
export interface LambdaLab {
  readonly lambda: LambdaClient
  readonly s3: S3Client
  readonly cloud: Cloud
  readonly clock: MovableClock
  readonly runtime: FakeRuntime
  /** Lines of the timeline as they were shown. */
  readonly lines: RequestLine[]
  client(options: { readonly region?: string; readonly accessKeyId?: string }): LambdaClient
  /** Creates a function with a name of its own and waits until it is active. */
  newFunction(input?: Partial<CreateFunctionCommandInput>): Promise<string>
  /** Invokes and gives the answer with its payload decoded. */
  invoke(FunctionName: string, input?: Omit<InvokeCommandInput, 'FunctionName'>): Promise<Invoked>
  /** Puts an object into a bucket that is made for it. */
  putObject(Bucket: string, Key: string, Body: Uint8Array): Promise<void>
}

/** What an invocation answered. */
export interface Invoked {
  readonly status: number | undefined
  readonly payload: unknown
  readonly error: string | undefined
  readonly version: string | undefined
  readonly log: string
}

/** Starts a cloud before a file's tests and stops it after them. */
export function useLambda(options: CloudOptions = {}): LambdaLab {
  const lab = { clock: createClock(), lines: [] as RequestLine[] } as {
    -readonly [Member in keyof LambdaLab]: LambdaLab[Member]
  }
  let functionCount = 0
  const clients: (LambdaClient | S3Client)[] = []
  lab.client = ({ region = 'us-east-1', accessKeyId = 'test' }) => {
    const created = new LambdaClient({
      endpoint: lab.cloud.url,
      region,
      credentials: { accessKeyId, secretAccessKey: 'test' },
      maxAttempts: 1,
    })
    clients.push(created)
    return created
  }
  lab.newFunction = async (input = {}) => {
    const FunctionName = input.FunctionName ?? `fn-${++functionCount}`
    await lab.lambda.send(new CreateFunctionCommand({ ...minimal(FunctionName), ...input }))
    await waitUntilFunctionActiveV2({ client: lab.lambda, maxWaitTime: 10 }, { FunctionName })
    return FunctionName
  }
  lab.invoke = async (FunctionName, input = {}) => invoke(lab.lambda, { FunctionName, ...input })
  lab.putObject = async (Bucket, Key, Body) => {
    await lab.s3.send(new CreateBucketCommand({ Bucket }))
    await lab.s3.send(new PutObjectCommand({ Bucket, Key, Body }))
  }
  beforeAll(async () => {
    lab.runtime = createFakeRuntime()
    const services = [s3, defineLambda(() => lab.runtime)]
    lab.cloud = await startCloud(services, {
      port: 0,
      clock: lab.clock,
      onRequest: line => void lab.lines.push(line),
      ...options,
    })
    lab.lambda = lab.client({})
    lab.s3 = new S3Client({
      endpoint: lab.cloud.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      forcePathStyle: true,
    })
    clients.push(lab.s3)
  })
  afterAll(async () => {
    for (const each of clients) each.destroy()
    await lab.cloud.close()
  })
  return lab
}

async function invoke(client: LambdaClient, input: InvokeCommandInput): Promise<Invoked> {
  const { StatusCode, Payload, FunctionError, ExecutedVersion, LogResult } = await client.send(
    new InvokeCommand(input),
  )
  const text = Payload?.transformToString() ?? ''
  return {
    status: StatusCode,
    payload: text === '' ? undefined : JSON.parse(text),
    error: FunctionError,
    version: ExecutedVersion,
    log: Buffer.from(LogResult ?? '', 'base64').toString('utf8'),
  }
}

/** The least that CreateFunction takes. */
export function minimal(FunctionName: string): CreateFunctionCommandInput {
  return {
    FunctionName,
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: role,
    Code: { ZipFile: zip() },
  }
}

/** A zip with one file. */
export function zip(source = 'export const handler = async event => event'): Uint8Array {
  return zipSync({ 'index.mjs': strToU8(source) }, { mtime: new Date(2026, 0, 1) })
}

/** The failure of a call that must fail. */
export async function failureOf(
  call: Promise<unknown>,
): Promise<{ code: string; status: number | undefined; message: string; members: Record<string, unknown> }> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof LambdaServiceException))
    throw new Error(`the call did not fail as Lambda fails: ${String(error)}`)
  return {
    code: error.name,
    status: error.$metadata.httpStatusCode,
    message: error.message,
    members: { ...error },
  }
}
