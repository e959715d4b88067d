import { type BucketAbacStatus, GetBucketAbacCommand, PutBucketAbacCommand } from '@aws-sdk/client-s3'
import { expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()

const put = (Bucket: string, Status: BucketAbacStatus | undefined) =>
  lab.s3.send(new PutBucketAbacCommand({ Bucket, AbacStatus: { Status } }))
const get = async (Bucket: string) =>
  (await lab.s3.send(new GetBucketAbacCommand({ Bucket }))).AbacStatus?.Status

it('a bucket says whether its tags decide; they do not until somebody says so', async () => {
  const bucket = await lab.newBucket()
  expect(await get(bucket)).toBe('Disabled')
  await put(bucket, 'Enabled')
  expect(await get(bucket)).toBe('Enabled')
  expect(await failureOf(put(bucket, undefined))).toMatchObject({ code: 'MalformedXML', status: 400 })
})
