import { DeleteObjectCommand, DeleteObjectsCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()

describe('deleting', () => {
  it('is done twice without complaint', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k')
    const first = await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
    const second = await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
    expect([first.$metadata.httpStatusCode, second.$metadata.httpStatusCode]).toEqual([204, 204])
    expect(first.DeleteMarker).toBeUndefined()
  })

  it('does many at once, and says which', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'a')
    const Objects = [{ Key: 'a' }, { Key: 'no está' }, { Key: 'b', VersionId: 'x' }]
    const loud = await lab.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
    expect(loud.Deleted).toEqual([{ Key: 'a' }, { Key: 'no está' }])
    expect(loud.Errors).toEqual([
      { Key: 'b', VersionId: 'x', Code: 'NoSuchVersion', Message: 'The specified version does not exist.' },
    ])
    const quiet = await lab.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
    expect(quiet.Deleted).toBeUndefined()
    expect(quiet.Errors).toHaveLength(1)
  })

  it.each([{ count: 0 }, { count: 1001 }])('refuses $count keys at once', async ({ count }) => {
    const Bucket = await lab.newBucket()
    const Objects = Array.from({ length: count }, (_, index) => ({ Key: `k${index}` }))
    const failure = await failureOf(lab.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } })))
    expect(failure).toMatchObject({ code: 'MalformedXML', status: 400 })
  })

  it('takes a condition', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', 'x')
    const wrong = lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', IfMatch: '"otro"' }))
    expect(await failureOf(wrong)).toMatchObject({ code: 'PreconditionFailed', status: 412 })
    await lab.s3.send(
      new DeleteObjectCommand({ Bucket, Key: 'k', IfMatch: '"9dd4e461268c8034f5c8564e155c67a6"' }),
    )
    expect((await failureOf(lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' })))).status).toBe(404)
  })

  it.each([
    { header: 'x-amz-if-match-size', input: { IfMatchSize: 1 } },
    { header: 'x-amz-if-match-last-modified-time', input: { IfMatchLastModifiedTime: new Date(0) } },
  ])('refuses $header, which is for directory buckets', async ({ header, input }) => {
    const Bucket = await lab.newBucket()
    const failure = await failureOf(lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', ...input })))
    expect(failure).toMatchObject({ code: 'NotImplemented', status: 501, members: { Header: header } })
  })

  it('knows no governance where nothing is locked', async () => {
    const Bucket = await lab.newBucket()
    const call = lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', BypassGovernanceRetention: true }))
    expect((await failureOf(call)).message).toBe(
      'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.',
    )
  })
})
