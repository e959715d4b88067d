import { S3Client } from '@aws-sdk/client-s3'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'

/** A cloud of a test's own, and a client of it. */
export interface LakeRun {
  readonly cloud: LocalCloud
  readonly s3: S3Client
  close(): Promise<void>
}

/** Starts a cloud on a free port. */
export async function startLakeRun(): Promise<LakeRun> {
  const cloud = await startLocalCloud({ port: 0 })
  const s3 = new S3Client({
    endpoint: cloud.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: '123456789012', secretAccessKey: 'test' },
  })
  return {
    cloud,
    s3,
    close: async () => {
      s3.destroy()
      await cloud.close()
    },
  }
}
