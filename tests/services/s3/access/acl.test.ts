import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  type ObjectCannedACL,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, it } from 'vitest'
import { ownerOf } from '../../../../src/services/s3/owner.ts'
import { failureOf, textOf, useS3 } from '../lab.ts'

const lab = useS3({ enforceIam: true })
const otherAccount = '111122223333'
let other: S3Client
beforeAll(() => {
  other = lab.client({ accessKeyId: otherAccount })
})

/** A bucket whose ACLs count and that blocks nothing, with an object `k`. */
async function aclBucket(ACL?: 'public-read' | 'public-read-write' | 'authenticated-read'): Promise<string> {
  const Bucket = await lab.newBucket({ isOpen: true })
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] }
  await lab.s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }))
  if (ACL !== undefined) await lab.s3.send(new PutBucketAclCommand({ Bucket, ACL }))
  await lab.put(Bucket, 'k', 'texto')
  return Bucket
}
const denied = { code: 'AccessDenied', status: 403, message: 'Access Denied' }
const statusOf = async (path: string, init?: RequestInit) => (await lab.fetch(path, init)).status

describe('the ACL of a bucket', () => {
  it('private, lets nobody in but its own account', async () => {
    const Bucket = await aclBucket()
    expect(await failureOf(other.send(new ListObjectsV2Command({ Bucket })))).toMatchObject(denied)
    expect(await failureOf(other.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toMatchObject(denied)
    expect(await statusOf(`/${Bucket}`)).toBe(403)
    expect(await statusOf(`/${Bucket}/k`)).toBe(403)
    await lab.s3.send(new ListObjectsV2Command({ Bucket }))
  })

  it('public-read, lets everybody list, and read no object', async () => {
    const Bucket = await aclBucket('public-read')
    expect(await statusOf(`/${Bucket}`)).toBe(200)
    await other.send(new ListObjectsV2Command({ Bucket }))
    expect(await statusOf(`/${Bucket}/k`)).toBe(403)
    expect(await statusOf(`/${Bucket}/k`, { method: 'PUT', body: 'x' })).toBe(403)
    expect(await failureOf(other.send(new GetBucketAclCommand({ Bucket })))).toMatchObject(denied)
  })

  it('public-read-write, lets everybody write and delete; who writes owns', async () => {
    const Bucket = await aclBucket('public-read-write')
    expect(await statusOf(`/${Bucket}/de-nadie`, { method: 'PUT', body: 'x' })).toBe(200)
    await other.send(new PutObjectCommand({ Bucket, Key: 'ajeno', Body: 'x' }))
    const acl = await other.send(new GetObjectAclCommand({ Bucket, Key: 'ajeno' }))
    expect(acl.Owner).toEqual(ownerOf(otherAccount))
    const ownersRead = lab.s3.send(new GetObjectCommand({ Bucket, Key: 'ajeno' }))
    expect(await failureOf(ownersRead)).toMatchObject(denied)
    await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'ajeno' }))
    await other.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
  })

  it('authenticated-read, lets in who has an account', async () => {
    const Bucket = await aclBucket('authenticated-read')
    await other.send(new ListObjectsV2Command({ Bucket }))
    expect(await statusOf(`/${Bucket}`)).toBe(403)
  })

  it.each([
    ['READ_ACP', () => GetBucketAclCommand, {}],
    ['WRITE_ACP', () => PutBucketAclCommand, { ACL: 'private' }],
  ] as const)('may give %s to an account alone', async (Permission, command, more) => {
    const Bucket = await aclBucket()
    const call = () => other.send(new (command())({ Bucket, ...more } as never) as never) as Promise<unknown>
    expect(await failureOf(call())).toMatchObject(denied)
    const member = Permission === 'READ_ACP' ? 'GrantReadACP' : 'GrantWriteACP'
    const given = {
      [member]: `id=${ownerOf(otherAccount).ID}`,
      GrantFullControl: `id=${ownerOf('000000000000').ID}`,
    }
    await lab.s3.send(new PutBucketAclCommand({ Bucket, ...given }))
    await call()
    const third = lab.client({ accessKeyId: '999900001111' })
    expect(await failureOf(third.send(new GetBucketAclCommand({ Bucket })))).toMatchObject(denied)
  })

  it('lets an account go on with the upload that it began, and no other account', async () => {
    const Bucket = await aclBucket('public-read-write')
    const { UploadId } = await other.send(new CreateMultipartUploadCommand({ Bucket, Key: 'p' }))
    await other.send(new ListPartsCommand({ Bucket, Key: 'p', UploadId }))
    const third = lab.client({ accessKeyId: '999900001111' })
    const parts = third.send(new ListPartsCommand({ Bucket, Key: 'p', UploadId }))
    expect(await failureOf(parts)).toMatchObject(denied)
  })
})

describe('the ACL of an object', () => {
  it.each<[ObjectCannedACL, number, 'ok' | 'denied']>([
    ['private', 403, 'denied'],
    ['public-read', 200, 'ok'],
    ['authenticated-read', 403, 'ok'],
  ])('%s, answers %i without credentials', async (ACL, status, forOther) => {
    const Bucket = await aclBucket()
    await lab.s3.send(new PutObjectAclCommand({ Bucket, Key: 'k', ACL }))
    expect(await statusOf(`/${Bucket}/k`)).toBe(status)
    const read = other.send(new GetObjectCommand({ Bucket, Key: 'k' }))
    if (forOther === 'ok') expect(await textOf(await read)).toBe('texto')
    else expect(await failureOf(read)).toMatchObject(denied)
  })

  it('gives its bucket’s owner what its writer says', async () => {
    const Bucket = await aclBucket('public-read-write')
    const ACL = 'bucket-owner-read'
    await other.send(new PutObjectCommand({ Bucket, Key: 'ajeno', Body: 'x', ACL }))
    await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'ajeno' }))
    const change = lab.s3.send(new PutObjectAclCommand({ Bucket, Key: 'ajeno', ACL: 'public-read' }))
    expect(await failureOf(change)).toMatchObject(denied)
  })

  it('does not count where the bucket’s owner owns everything', async () => {
    const Bucket = await aclBucket('public-read-write')
    await lab.s3.send(new PutObjectAclCommand({ Bucket, Key: 'k', ACL: 'public-read' }))
    await other.send(new PutObjectCommand({ Bucket, Key: 'ajeno', Body: 'x' }))
    await lab.s3.send(new PutBucketAclCommand({ Bucket, ACL: 'private' }))
    const Rules = [{ ObjectOwnership: 'BucketOwnerEnforced' as const }]
    await lab.s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }))
    expect(await statusOf(`/${Bucket}/k`)).toBe(403)
    await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'ajeno' }))
    const writers = other.send(new GetObjectCommand({ Bucket, Key: 'ajeno' }))
    expect(await failureOf(writers)).toMatchObject(denied)
  })
})

describe('the public access block', () => {
  const block = (Bucket: string, more: object) =>
    lab.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: more }))

  it('has ACLs for everybody ignored', async () => {
    const Bucket = await aclBucket('public-read')
    await lab.s3.send(new PutObjectAclCommand({ Bucket, Key: 'k', ACL: 'public-read' }))
    expect([await statusOf(`/${Bucket}`), await statusOf(`/${Bucket}/k`)]).toEqual([200, 200])
    await block(Bucket, { IgnorePublicAcls: true })
    expect([await statusOf(`/${Bucket}`), await statusOf(`/${Bucket}/k`)]).toEqual([403, 403])
    await lab.s3.send(new DeletePublicAccessBlockCommand({ Bucket }))
    expect(await statusOf(`/${Bucket}/k`)).toBe(200)
  })

  it('keeps buckets with public policies for their own account', async () => {
    const Bucket = await aclBucket()
    const policy = (Principal: unknown) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
        ],
      })
    await lab.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policy('*') }))
    expect(await statusOf(`/${Bucket}/k`)).toBe(200)
    await block(Bucket, { RestrictPublicBuckets: true })
    expect(await statusOf(`/${Bucket}/k`)).toBe(403)
    expect(await failureOf(other.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toMatchObject(denied)
    await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))
    await lab.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policy({ AWS: otherAccount }) }))
    await other.send(new GetObjectCommand({ Bucket, Key: 'k' }))
  })
})

describe('a key that is not there', () => {
  it('is told to who may list, to others that they may not', async () => {
    const Bucket = await aclBucket('public-read')
    expect(await statusOf(`/${Bucket}/nada`)).toBe(404)
    const closed = await aclBucket()
    expect(await statusOf(`/${closed}/nada`)).toBe(403)
    const head = other.send(new HeadObjectCommand({ Bucket: closed, Key: 'nada' }))
    expect((await failureOf(head)).status).toBe(403)
  })

  it('may be told by its prefix', async () => {
    const Bucket = await aclBucket()
    const Statement = [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:ListBucket',
        Resource: `arn:aws:s3:::${Bucket}`,
        Condition: { StringLike: { 's3:prefix': 'publico/*' } },
      },
    ]
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
    await lab.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
    expect(await statusOf(`/${Bucket}/publico/nada`)).toBe(404)
    expect(await statusOf(`/${Bucket}/privado/nada`)).toBe(403)
  })
})

it('a bucket that is not there is told to everybody', async () => {
  expect(await statusOf('/no-hay-tal/k')).toBe(404)
  const get = other.send(new GetObjectCommand({ Bucket: 'no-hay-tal', Key: 'k' }))
  expect(await failureOf(get)).toMatchObject({ code: 'NoSuchBucket', status: 404 })
})

it('nobody without credentials creates or lists buckets', async () => {
  expect(await statusOf('/de-nadie', { method: 'PUT' })).toBe(403)
  expect(await statusOf('/')).toBe(403)
})
