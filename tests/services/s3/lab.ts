import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll } from 'vitest'
import type { CloudOptions } from '../../../src/cloud/cloud.ts'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'

/** A running cloud with a client, for one test file. */
export interface S3Lab {
  readonly s3: S3Client
  readonly cloud: LocalCloud
  /** A client like `s3`, of another region or account. */
  client(options: { readonly region?: string; readonly accessKeyId?: string }): S3Client
  /** Creates an empty bucket with a name of its own; an open one blocks nothing of public access. */
  newBucket(options?: {
    readonly versioning?: 'Enabled' | 'Suspended'
    readonly isOpen?: boolean
  }): Promise<string>
  /** Puts a small object. */
  put(Bucket: string, Key: string, Body?: string | Uint8Array): Promise<void>
  /** Calls the cloud without the SDK. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

/** Starts a cloud before a file's tests and stops it after them. */
export function useS3(options: Pick<CloudOptions, 'enforceIam' | 'verifySignatures'> = {}): S3Lab {
  let cloud: LocalCloud
  let bucketCount = 0
  const clients: S3Client[] = []
  const client: S3Lab['client'] = ({ region = 'us-east-1', accessKeyId = 'test' }) => {
    const credentials = { accessKeyId, secretAccessKey: 'test' }
    const created = new S3Client({
      endpoint: cloud.url,
      region,
      credentials,
      forcePathStyle: true,
      maxAttempts: 1,
    })
    clients.push(created)
    return created
  }
  const lab = {
    client,
    newBucket: async ({
      versioning,
      isOpen,
    }: {
      versioning?: 'Enabled' | 'Suspended'
      isOpen?: boolean
    } = {}) => {
      const Bucket = `bucket-${++bucketCount}`
      await lab.s3.send(new CreateBucketCommand({ Bucket }))
      if (isOpen) await lab.s3.send(new DeletePublicAccessBlockCommand({ Bucket }))
      if (versioning) {
        await lab.s3.send(
          new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: versioning } }),
        )
      }
      return Bucket
    },
    put: async (Bucket: string, Key: string, Body: string | Uint8Array = 'x') => {
      await lab.s3.send(new PutObjectCommand({ Bucket, Key, Body }))
    },
    fetch: (path: string, init?: RequestInit) => fetch(cloud.url + path, init),
  } as Omit<S3Lab, 's3' | 'cloud'> & { s3: S3Client; cloud: LocalCloud }
  beforeAll(async () => {
    cloud = await startLocalCloud({ port: 0, ...options })
    lab.cloud = cloud
    lab.s3 = client({})
  })
  afterAll(async () => {
    for (const each of clients) each.destroy()
    await cloud.close()
  })
  return lab
}

/** What a failed call answered. */
export interface Failure {
  readonly code: string
  readonly status: number | undefined
  readonly message: string
  /** The error's document, e.g. `BucketName`. */
  readonly members: Readonly<Record<string, unknown>>
}

/** The failure of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof S3ServiceException))
    throw new Error(`the call did not fail as S3 fails: ${String(error)}`)
  return {
    code: error.name,
    status: error.$metadata.httpStatusCode,
    message: error.message,
    members: { ...error },
  }
}

/** The text of a body that the SDK streams. */
export async function textOf(output: {
  Body?: { transformToString(): Promise<string> } | undefined
}): Promise<string> {
  if (output.Body === undefined) throw new Error('the answer has no body')
  return output.Body.transformToString()
}
