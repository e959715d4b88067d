import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteBucketEncryptionCommand,
  GetBucketEncryptionCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  type ServerSideEncryptionRule,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()
const kmsKey = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555'
const kms: ServerSideEncryptionRule = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKey },
  BucketKeyEnabled: true,
}
const put = (Bucket: string, ...Rules: ServerSideEncryptionRule[]) =>
  lab.s3.send(
    new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [...Rules] } }),
  )
const rulesOf = async (Bucket: string) =>
  (await lab.s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules
const sse = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }

describe('the default encryption of a bucket', () => {
  it('is SSE-S3 until another is put, and again when it is deleted', async () => {
    const Bucket = await lab.newBucket()
    expect(await rulesOf(Bucket)).toEqual([{ ...sse, BucketKeyEnabled: false }])
    await put(Bucket, kms)
    expect(await rulesOf(Bucket)).toEqual([kms])
    const { $metadata } = await lab.s3.send(new DeleteBucketEncryptionCommand({ Bucket }))
    expect($metadata.httpStatusCode).toBe(204)
    expect(await rulesOf(Bucket)).toEqual([{ ...sse, BucketKeyEnabled: false }])
  })

  it('counts for every way to write an object', async () => {
    const Bucket = await lab.newBucket()
    await put(Bucket, kms)
    const told = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey, BucketKeyEnabled: true }
    expect(await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))).toMatchObject(told)
    expect(await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject(told)
    const copy = new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/k` })
    expect(await lab.s3.send(copy)).toMatchObject(told)
    expect(await lab.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'm' }))).toMatchObject(told)
  })

  it('gives way to what the writer says', async () => {
    const Bucket = await lab.newBucket()
    await put(Bucket, kms)
    const plain = await lab.s3.send(
      new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ServerSideEncryption: 'AES256' }),
    )
    expect(plain.ServerSideEncryption).toBe('AES256')
    expect(plain.SSEKMSKeyId).toBeUndefined()
    expect(plain.BucketKeyEnabled).toBeUndefined()
    const unlocked = await lab.s3.send(
      new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', BucketKeyEnabled: false }),
    )
    expect(unlocked).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey })
    expect(unlocked.BucketKeyEnabled).toBeUndefined()
  })

  it.each([
    ['no rule', [], 'MalformedXML'],
    ['two rules', [kms, kms], 'MalformedXML'],
    ['a rule that says nothing', [{}], 'MalformedXML'],
    [
      'an unknown algorithm',
      [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'rot13' as never } }],
      'MalformedXML',
    ],
    [
      'a key that its algorithm has no use for',
      [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const, KMSMasterKeyID: 'k' } }],
      'InvalidArgument',
    ],
  ])('is refused with %s', async (_what, rules, code) => {
    const Bucket = await lab.newBucket()
    expect(await failureOf(put(Bucket, ...rules))).toMatchObject({ code, status: 400 })
  })
})

it('refuses a KMS key without its algorithm', async () => {
  const Bucket = await lab.newBucket()
  const failure = await failureOf(
    lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', SSEKMSKeyId: kmsKey })),
  )
  expect(failure).toMatchObject({
    code: 'InvalidArgument',
    message:
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
  })
})

describe('KMS without a key', () => {
  it("means S3's own, always the same in a region", async () => {
    const [Bucket, byDefault] = [await lab.newBucket(), await lab.newBucket()]
    await put(byDefault, { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } })
    const said = { Bucket, Key: 'k', ServerSideEncryption: 'aws:kms' as const }
    const { SSEKMSKeyId } = await lab.s3.send(new PutObjectCommand(said))
    expect(SSEKMSKeyId).toMatch(
      /^arn:aws:kms:us-east-1:000000000000:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    )
    expect(await lab.s3.send(new PutObjectCommand({ Bucket: byDefault, Key: 'k' }))).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId,
    })
    expect(await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({ SSEKMSKeyId })
    expect(await rulesOf(byDefault)).toEqual([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: false },
    ])
  })
})

it('what a bucket says of encryption lets an object be copied onto itself', async () => {
  const Bucket = await lab.newBucket()
  await lab.put(Bucket, 'k')
  const copy = () => lab.s3.send(new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/k` }))
  expect(await failureOf(copy())).toMatchObject({ code: 'InvalidRequest' })
  await put(Bucket, sse)
  expect((await copy()).ServerSideEncryption).toBe('AES256')
})

describe('the header that asks for encryption', () => {
  const others: [string, string, string][] = [
    ['reads', 'GET', '/k'],
    ['describes', 'HEAD', '/k'],
    ['lists', 'GET', '?list-type=2'],
    ['begins nothing', 'POST', '/k?uploadId=x'],
    ['deletes', 'DELETE', '/k'],
  ]
  it.each(others)('is refused by what %s', async (_does, method, target) => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k')
    const headers = { 'x-amz-server-side-encryption': 'AES256' }
    const answer = await lab.fetch(`/${Bucket}${target}`, { method, headers })
    expect(answer.status).toBe(400)
    if (method === 'HEAD') return
    const text = await answer.text()
    expect(text).toContain('<Code>InvalidArgument</Code>')
    expect(text).toContain('x-amz-server-side-encryption header is not supported for this operation.')
    expect(text).toContain('<ArgumentValue>AES256</ArgumentValue>')
  })
})
