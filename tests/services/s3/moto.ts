import { S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll } from 'vitest'
import { startMoto } from './others.ts'

/** Starts `moto_server` before a block's tests and stops it after them; its client asks once. */
export function useMoto(): { readonly s3: S3Client } {
  const used = {} as { s3: S3Client; server: Awaited<ReturnType<typeof startMoto>> }
  beforeAll(async () => {
    used.server = await startMoto()
    used.s3 = new S3Client({
      endpoint: used.server.url,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    })
  })
  afterAll(async () => {
    used.s3.destroy()
    await used.server.stop()
  })
  return used
}
