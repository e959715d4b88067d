import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../../../src/local-cloud.ts'
import { send } from '../../../cloud/signatures/raw-client.ts'

let cloud: LocalCloud
const bugs: unknown[] = []
beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, onBug: error => bugs.push(error) })
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const client = new S3Client({ endpoint: cloud.url, region: 'us-east-1', credentials, forcePathStyle: true })
  await client.send(new CreateBucketCommand({ Bucket: 'lago' }))
})
afterAll(() => cloud.close())

const form = Buffer.from(
  [
    '--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nk',
    '--b\r\nContent-Disposition: form-data; name="x-amz-meta-a"\r\n\r\nb',
    '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\nContent-Type: a/b\r\n\r\nhola',
    '--b--\r\n',
  ].join('\r\n'),
)

it('forms that were damaged on their way are answered, and the next request as well', async () => {
  const damage = fc.record({
    cut: fc.option(fc.nat(form.length)),
    changes: fc.array(fc.tuple(fc.nat(form.length - 1), fc.nat(255)), { maxLength: 4 }),
    type: fc.constantFrom(
      'multipart/form-data; boundary=b',
      'multipart/form-data; boundary="b',
      'multipart/form-data',
    ),
  })
  await fc.assert(
    fc.asyncProperty(damage, async ({ cut, changes, type }) => {
      const body = Buffer.from(form.subarray(0, cut ?? form.length))
      for (const [at, byte] of changes) if (at < body.length) body[at] = byte
      const headers = { 'content-type': type }
      const { status } = await send(cloud.url, { method: 'POST', target: '/lago', headers, body })
      expect([204, 303, 400, 403, 404, 501]).toContain(status)
    }),
    { numRuns: 200 },
  )
  expect(bugs).toEqual([])
}, 60_000)
