import {
  DeleteBucketReplicationCommand,
  GetBucketReplicationCommand,
  PutBucketReplicationCommand,
  type ReplicationRule,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()
const Role = 'arn:aws:iam::000000000000:role/copista'
const put = (Bucket: string, ...Rules: ReplicationRule[]) =>
  lab.s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration: { Role, Rules } }))
async function ruleTo(more: object = {}): Promise<ReplicationRule> {
  const target = await lab.newBucket({ versioning: 'Enabled' })
  return {
    ID: 'todo',
    Priority: 1,
    Status: 'Enabled',
    Filter: { Prefix: 'raw/' },
    DeleteMarkerReplication: { Status: 'Disabled' },
    Destination: { Bucket: `arn:aws:s3:::${target}`, StorageClass: 'STANDARD_IA' },
    ...more,
  }
}

describe('the replication of a bucket', () => {
  it('is put, read as it was, and deleted', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    const get = () => lab.s3.send(new GetBucketReplicationCommand({ Bucket }))
    const none = {
      code: 'ReplicationConfigurationNotFoundError',
      status: 404,
      message: 'The replication configuration was not found',
    }
    expect(await failureOf(get())).toMatchObject(none)
    const rule = await ruleTo()
    await put(Bucket, rule)
    expect((await get()).ReplicationConfiguration).toEqual({ Role, Rules: [rule] })
    const old = { Status: 'Disabled', Prefix: '', Destination: rule.Destination } as ReplicationRule
    await put(Bucket, old)
    expect((await get()).ReplicationConfiguration?.Rules).toMatchObject([{ ID: expect.any(String) }])
    await lab.s3.send(new DeleteBucketReplicationCommand({ Bucket }))
    expect(await failureOf(get())).toMatchObject(none)
  })

  it('needs versions on both sides', async () => {
    const rule = await ruleTo()
    const [plain, versioned] = [await lab.newBucket(), await lab.newBucket({ versioning: 'Enabled' })]
    expect(await failureOf(put(plain, rule))).toMatchObject({
      code: 'InvalidRequest',
      message: "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
    })
    const toPlain = { ...rule, Destination: { Bucket: `arn:aws:s3:::${plain}` } }
    expect(await failureOf(put(versioned, toPlain))).toMatchObject({
      code: 'InvalidRequest',
      message: 'Destination bucket must have versioning enabled.',
    })
    const toNone = { ...rule, Destination: { Bucket: 'arn:aws:s3:::no-hay' } }
    expect(await failureOf(put(versioned, toNone))).toMatchObject({
      code: 'InvalidRequest',
      message: 'Destination bucket must have versioning enabled.',
    })
  })

  it.each<[string, object, string]>([
    ['an odd status', { Status: 'quizá' }, 'MalformedXML'],
    ['an odd destination', { Destination: { Bucket: 'sin-arn' } }, 'MalformedXML'],
    ['a filter without priority', { Priority: undefined }, 'InvalidRequest'],
    ['a filter without a word on markers', { DeleteMarkerReplication: undefined }, 'InvalidRequest'],
  ])('is refused with %s', async (_what, more, code) => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    expect(await failureOf(put(Bucket, await ruleTo(more)))).toMatchObject({ code, status: 400 })
    expect(await failureOf(put(Bucket))).toMatchObject({ code: 'MalformedXML' })
  })
})
