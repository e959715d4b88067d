import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3'
import { startLakeRun } from '../data-lake-run.ts'
import { bundleInto, type FunctionName, type FunctionRun, runFunction } from './function-run.ts'
import { createS3Event, type EventObject } from './s3-event.ts'

/** The functions that turn CSV into Parquet. */
export const csvFunctions = ['procesar-csv', 'procesar-csv-rapida'] as const satisfies readonly FunctionName[]

/** What a function says that it did. */
export interface CsvResult {
  readonly origen: string
  readonly destino: string
  readonly filas: number
}

/** How a function is called. */
export interface SendOptions {
  /** Default 256. */
  readonly memoryMegabytes?: number
  /** The cloud that it is told of; default its own. */
  readonly url?: string
}

/** A function that turns CSV into Parquet, and a cloud for it. */
export interface CsvFunction {
  readonly cloudUrl: string
  createBucket(name: string): Promise<void>
  put(bucket: string, key: string, body: Buffer | string): Promise<void>
  get(bucket: string, key: string): Promise<Buffer>
  keys(bucket: string): Promise<string[]>
  unfinishedUploads(bucket: string): Promise<number>
  /** Sends the function one event for each list of objects. */
  send(events: readonly (readonly EventObject[])[], options?: SendOptions): Promise<FunctionRun<CsvResult[]>>
  close(): Promise<void>
}

/** Bundles a function, and starts a cloud on a free port. */
export async function startCsvFunction(name: (typeof csvFunctions)[number]): Promise<CsvFunction> {
  const folder = mkdtempSync(join(tmpdir(), 'taller-lambda-'))
  const [bundle, run] = await Promise.all([bundleInto(folder, name), startLakeRun()])
  const { s3, cloud } = run
  const env = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: '123456789012',
    AWS_SECRET_ACCESS_KEY: 'test',
    TZ: 'Pacific/Auckland', // far from Greenwich: a date read in the machine's zone is another day
  }
  return {
    cloudUrl: cloud.url,
    createBucket: async bucket => {
      await s3.send(new CreateBucketCommand({ Bucket: bucket }))
    },
    put: async (bucket, key, body) => {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: typeof body === 'string' ? Buffer.from(body) : body,
        }),
      )
    },
    get: async (bucket, key) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
      return Buffer.from((await Body?.transformToByteArray()) ?? [])
    },
    keys: async bucket => {
      const keys: string[] = []
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
        keys.push(...Contents.map(({ Key = '' }) => Key))
      }
      return keys
    },
    unfinishedUploads: async bucket => {
      const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }))
      return Uploads.length
    },
    send: (events, { memoryMegabytes = 256, url = cloud.url } = {}) =>
      runFunction(
        { bundle, memoryMegabytes, env: { ...env, AWS_ENDPOINT_URL: url } },
        events.map(createS3Event),
      ),
    close: async () => {
      await run.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
