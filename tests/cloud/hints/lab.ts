import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import type { CloudOptions } from '../../../src/cloud/cloud.ts'
import type { Hint } from '../../../src/cloud/hints/hint.ts'
import type { RequestLine } from '../../../src/cloud/timeline.ts'
import { createClock, type MovableClock } from '../../../src/core/clock.ts'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'

/** Who calls, and from where. */
export interface Caller {
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
  readonly sessionToken?: string
  readonly region?: string
}

/** A whole cloud whose timeline is looked at. */
export interface HintLab {
  readonly cloud: LocalCloud
  readonly clock: MovableClock
  /** Lines in the order in which they were told. */
  readonly lines: RequestLine[]
  clients(caller?: Caller): Clients
  /** Creates a bucket with a name of its own and objects in it. */
  bucketWith(...keys: string[]): Promise<string>
  /** What a call, which may fail, made the cloud tell: the last line that the predicate takes. */
  lineOf(call: Promise<unknown>, takes?: (line: RequestLine) => boolean): Promise<RequestLine>
  /** The hint of that line. */
  hintOf(call: Promise<unknown>, takes?: (line: RequestLine) => boolean): Promise<Hint | undefined>
}

interface Clients {
  readonly s3: S3Client
  readonly lambda: LambdaClient
  readonly logs: CloudWatchLogsClient
  readonly iam: IAMClient
  readonly sts: STSClient
}

/** Starts a cloud before a file's tests and stops it after them; no rule may have failed by then. */
export function useHints(options: CloudOptions = {}): HintLab {
  const bugs: unknown[] = []
  const opened: { destroy(): void }[] = []
  let count = 0
  const lab = { clock: createClock(), lines: [] as RequestLine[] } as {
    -readonly [Member in keyof HintLab]: HintLab[Member]
  }
  lab.clients = (caller = {}) => {
    const { accessKeyId = 'test', secretAccessKey = 'test', sessionToken, region = 'us-east-1' } = caller
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
    const config = { endpoint: lab.cloud.url, region, credentials, maxAttempts: 1 }
    const created = {
      s3: new S3Client({ ...config, forcePathStyle: true }),
      lambda: new LambdaClient(config),
      logs: new CloudWatchLogsClient(config),
      iam: new IAMClient(config),
      sts: new STSClient(config),
    }
    opened.push(...Object.values(created))
    return created
  }
  lab.bucketWith = async (...keys) => {
    const Bucket = `pistas-${++count}-lago`
    const { s3 } = lab.clients()
    await s3.send(new CreateBucketCommand({ Bucket }))
    for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
    return Bucket
  }
  lab.lineOf = async (call, takes = () => true) => {
    const before = lab.lines.length
    await Promise.allSettled([call])
    return vi.waitFor(() => {
      const line = lab.lines.slice(before).findLast(takes)
      if (line === undefined) throw new Error('the timeline tells nothing of it')
      return line
    })
  }
  lab.hintOf = async (call, takes) => (await lab.lineOf(call, takes)).hint
  beforeAll(async () => {
    const onRequest = (line: RequestLine): void => void lab.lines.push(line)
    const onBug = (error: unknown): void => void bugs.push(error)
    lab.cloud = await startLocalCloud({ port: 0, clock: lab.clock, onRequest, onBug, ...options })
  })
  afterAll(async () => {
    for (const client of opened) client.destroy()
    await lab.cloud.close()
    expect(bugs).toEqual([])
  })
  return lab
}

/** The beginning of every command of a cloud that does not listen on the port of `awslocal`. */
export function awslocal({ cloud }: HintLab): string {
  return `npx awslocal --endpoint-url http://localhost:${cloud.port}`
}
