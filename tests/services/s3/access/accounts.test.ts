import {
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetBucketAclCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  type ObjectOwnership,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, textOf, useS3 } from '../lab.ts'

const lab = useS3()
const other = { accessKeyId: '111122223333' }

/** A bucket of the default account whose objects are owned as `ObjectOwnership` says. */
async function bucketWith(ObjectOwnership: ObjectOwnership): Promise<string> {
  const Bucket = await lab.newBucket()
  await lab.s3.send(
    new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership }] } }),
  )
  return Bucket
}

async function ownerIds(Bucket: string): Promise<{ own: string | undefined; others: string | undefined }> {
  const mine = await lab.s3.send(new GetBucketAclCommand({ Bucket }))
  const others = await lab.client(other).send(new ListBucketsCommand())
  return { own: mine.Owner?.ID, others: others.Owner?.ID }
}

describe('the names of buckets', () => {
  it('are shared by all accounts', async () => {
    const Bucket = await lab.newBucket()
    expect(await failureOf(lab.client(other).send(new CreateBucketCommand({ Bucket })))).toMatchObject({
      code: 'BucketAlreadyExists',
      status: 409,
      message:
        'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
      members: { BucketName: Bucket },
    })
    const elsewhere = lab.client({ ...other, region: 'eu-west-1' })
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const }
    const refused = await failureOf(
      elsewhere.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration })),
    )
    expect(refused.code).toBe('BucketAlreadyExists')
  })

  it('are listed to their owner alone', async () => {
    const Bucket = await lab.newBucket()
    const client = lab.client({ accessKeyId: '444455556666' })
    await client.send(new CreateBucketCommand({ Bucket: 'de-la-cuenta-4' }))
    const { Buckets } = await client.send(new ListBucketsCommand())
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['de-la-cuenta-4'])
    const own = await lab.s3.send(new ListBucketsCommand())
    expect(own.Buckets?.map(({ Name }) => Name)).toContain(Bucket)
    expect(own.Buckets?.map(({ Name }) => Name)).not.toContain('de-la-cuenta-4')
  })

  it('let any account in where permissions do not decide', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', 'mío')
    const client = lab.client(other)
    expect(await textOf(await client.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('mío')
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'suyo' }))
    expect(await textOf(await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('suyo')
  })
})

describe('an expected owner', () => {
  it('must be the bucket’s, not the caller’s', async () => {
    const Bucket = await lab.newBucket()
    const ask = (ExpectedBucketOwner: string) =>
      lab.client(other).send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner }))
    await ask('000000000000')
    expect((await failureOf(ask('111122223333'))).status).toBe(403)
  })

  it('counts for the source of a copy as well', async () => {
    const Bucket = await lab.newBucket()
    await lab.client(other).send(new CreateBucketCommand({ Bucket: 'fuente-ajena' }))
    await lab.client(other).send(new PutObjectCommand({ Bucket: 'fuente-ajena', Key: 'k', Body: 'x' }))
    const copy = (ExpectedSourceBucketOwner: string) =>
      lab.s3.send(
        new CopyObjectCommand({ Bucket, Key: 'k', CopySource: 'fuente-ajena/k', ExpectedSourceBucketOwner }),
      )
    expect(await failureOf(copy('000000000000'))).toMatchObject({ code: 'AccessDenied', status: 403 })
    await copy('111122223333')
  })
})

describe('what another account writes', () => {
  it.each([
    { ownership: 'BucketOwnerEnforced', ACL: undefined, isWriters: false },
    { ownership: 'BucketOwnerEnforced', ACL: 'bucket-owner-full-control', isWriters: false },
    { ownership: 'BucketOwnerPreferred', ACL: undefined, isWriters: true },
    { ownership: 'BucketOwnerPreferred', ACL: 'bucket-owner-full-control', isWriters: false },
    { ownership: 'ObjectWriter', ACL: 'bucket-owner-full-control', isWriters: true },
  ] as const)('is owned as the bucket says: $ownership, $ACL', async ({ ownership, ACL, isWriters }) => {
    const Bucket = await bucketWith(ownership)
    const client = lab.client(other)
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL }))
    const { own, others } = await ownerIds(Bucket)
    const owner = isWriters ? others : own
    const listed = await lab.s3.send(new ListObjectsCommand({ Bucket }))
    expect(listed.Contents?.[0]?.Owner?.ID).toBe(owner)
    const versions = await lab.s3.send(new ListObjectVersionsCommand({ Bucket }))
    expect(versions.Versions?.[0]?.Owner?.ID).toBe(owner)
    const acl = await lab.s3.send(new GetObjectAclCommand({ Bucket, Key: 'k' }))
    expect(acl.Owner?.ID).toBe(owner)
    const given = acl.Grants?.map(({ Grantee, Permission }) => [Grantee?.ID, Permission])
    const toBucketOwner = isWriters && ACL !== undefined ? [[own, 'FULL_CONTROL']] : []
    expect(given).toEqual([[owner, 'FULL_CONTROL'], ...toBucketOwner])
  })

  it('is the bucket owner’s once that is enforced', async () => {
    const Bucket = await bucketWith('ObjectWriter')
    await lab.client(other).send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))
    await lab.s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      }),
    )
    const { own } = await ownerIds(Bucket)
    const { Contents } = await lab.s3.send(new ListObjectsCommand({ Bucket }))
    expect(Contents?.[0]?.Owner?.ID).toBe(own)
  })

  it('may come in parts: the upload tells who began it', async () => {
    const Bucket = await bucketWith('ObjectWriter')
    const client = lab.client(other)
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }))
    const { others } = await ownerIds(Bucket)
    const { Uploads } = await lab.s3.send(new ListMultipartUploadsCommand({ Bucket }))
    expect(Uploads?.[0]).toMatchObject({ Owner: { ID: others }, Initiator: { ID: others } })
    const parts = await lab.s3.send(new ListPartsCommand({ Bucket, Key: 'k', UploadId }))
    expect(parts).toMatchObject({ Owner: { ID: others }, Initiator: { ID: others } })
  })
})

describe('an access log', () => {
  it('does not go to another account', async () => {
    const Bucket = await lab.newBucket()
    await lab.client(other).send(new CreateBucketCommand({ Bucket: 'registros-ajenos' }))
    const LoggingEnabled = { TargetBucket: 'registros-ajenos', TargetPrefix: '' }
    const call = lab.s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }))
    expect(await failureOf(call)).toMatchObject({
      code: 'InvalidTargetBucketForLogging',
      message: 'The owner for the bucket to be logged and the target bucket must be the same.',
    })
  })
})
