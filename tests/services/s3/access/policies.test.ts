import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import {
  CopyObjectCommand,
  type CopyObjectCommandInput,
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutBucketRequestPaymentCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, it } from 'vitest'
import { ownerOf } from '../../../../src/services/s3/owner.ts'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3({ enforceIam: true })
const otherAccount = '111122223333'
const denied = { code: 'AccessDenied', status: 403 }
let other: S3Client
/** A user of the other account that has no policy of its own. */
let otherUser: S3Client
let iam: IAMClient

beforeAll(async () => {
  other = lab.client({ accessKeyId: otherAccount })
  const place = { endpoint: lab.cloud.url, region: 'us-east-1' }
  iam = new IAMClient({ ...place, credentials: { accessKeyId: otherAccount, secretAccessKey: 'test' } })
  await iam.send(new CreateUserCommand({ UserName: 'ana' }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ana' }))
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
  otherUser = new S3Client({ ...place, credentials, forcePathStyle: true, maxAttempts: 1 })
})

interface Said {
  readonly Effect?: 'Allow' | 'Deny'
  readonly Principal?: unknown
  readonly Action: string | readonly string[]
  readonly Condition?: object
}

/** Puts a policy on a bucket, each statement about the bucket and all that is in it, for everybody. */
async function say(Bucket: string, ...statements: readonly Said[]): Promise<void> {
  const Resource = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`]
  const Statement = statements.map(each => ({ Effect: 'Allow', Principal: '*', Resource, ...each }))
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
  await lab.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
}

describe('another account', () => {
  it('needs the policy of the bucket and its own', async () => {
    const Bucket = await lab.newBucket({ isOpen: true })
    await lab.put(Bucket, 'k')
    const get = () => otherUser.send(new GetObjectCommand({ Bucket, Key: 'k' }))
    await say(Bucket, { Principal: { AWS: otherAccount }, Action: 's3:GetObject' })
    expect(await failureOf(get())).toMatchObject({ ...denied, message: 'Access Denied' })
    const own = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: own })
    await iam.send(new PutUserPolicyCommand({ UserName: 'ana', PolicyName: 'leer', PolicyDocument }))
    await get()
    await lab.s3.send(new DeleteBucketPolicyCommand({ Bucket }))
    expect(await failureOf(get())).toMatchObject(denied)
  })

  it('may be named by its canonical id', async () => {
    const Bucket = await lab.newBucket({ isOpen: true })
    await lab.put(Bucket, 'k')
    await say(Bucket, { Principal: { CanonicalUser: ownerOf(otherAccount).ID }, Action: 's3:GetObject' })
    await other.send(new GetObjectCommand({ Bucket, Key: 'k' }))
    const third = lab.client({ accessKeyId: '999900001111' })
    expect(await failureOf(third.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toMatchObject(denied)
  })

  it('does not use the policy itself, whatever it says', async () => {
    const Bucket = await lab.newBucket({ isOpen: true })
    await say(Bucket, { Action: 's3:*' })
    const call = other.send(new GetBucketPolicyCommand({ Bucket }))
    expect(await failureOf(call)).toMatchObject({
      code: 'MethodNotAllowed',
      status: 405,
      members: { Method: 'GET', ResourceType: 'BUCKETPOLICY' },
    })
  })

  it('pays for its requests where the bucket wants that', async () => {
    const Bucket = await lab.newBucket({ isOpen: true })
    await say(Bucket, { Action: ['s3:GetObject', 's3:ListBucket'] })
    await lab.put(Bucket, 'k')
    const RequestPaymentConfiguration = { Payer: 'Requester' as const }
    await lab.s3.send(new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration }))
    const asked = { Bucket, Key: 'k' }
    expect(await failureOf(other.send(new GetObjectCommand(asked)))).toMatchObject(denied)
    const RequestPayer = 'requester'
    const charged = { RequestCharged: 'requester' }
    const got = await other.send(new GetObjectCommand({ ...asked, RequestPayer }))
    expect(got).toMatchObject(charged)
    expect(await got.Body?.transformToString()).toBe('x')
    expect(await other.send(new ListObjectsV2Command({ Bucket, RequestPayer }))).toMatchObject(charged)
    const byOwner = await lab.s3.send(new GetObjectCommand({ ...asked, RequestPayer }))
    expect(byOwner).not.toHaveProperty('RequestCharged', 'requester')
    const Own = 'de-quien-copia'
    await other.send(new CreateBucketCommand({ Bucket: Own }))
    const copy = { Bucket: Own, Key: 'copia', CopySource: `${Bucket}/k`, RequestPayer } as const
    expect(await other.send(new CopyObjectCommand(copy))).toMatchObject(charged)
    const ofOwn = await other.send(new GetObjectCommand({ Bucket: Own, Key: 'copia', RequestPayer }))
    expect(ofOwn).not.toHaveProperty('RequestCharged', 'requester')
    await lab.s3.send(new GetObjectCommand(asked))
    const headers = { 'x-amz-request-payer': 'requester' }
    expect((await lab.fetch(`/${Bucket}/k`, { headers })).status).toBe(403)
  })
})

describe('a Deny', () => {
  it('holds for the root of the account as well, but for the policy itself', async () => {
    const Bucket = await lab.newBucket({ isOpen: true })
    await lab.put(Bucket, 'k')
    await say(Bucket, { Effect: 'Deny', Action: 's3:*' })
    expect(await failureOf(lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toMatchObject({
      ...denied,
      message: expect.stringContaining('with an explicit deny in a resource-based policy'),
    })
    await lab.s3.send(new GetBucketPolicyCommand({ Bucket }))
    await lab.s3.send(new DeleteBucketPolicyCommand({ Bucket }))
    await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))
  })
})

describe('a condition of a write', () => {
  const kms = 'arn:aws:kms:us-east-1:000000000000:key/a'
  const grant = `id=${ownerOf('000000000000').ID}`
  it.each<[string, object, Partial<PutObjectCommandInput>]>([
    ['s3:x-amz-acl', { 's3:x-amz-acl': 'bucket-owner-full-control' }, { ACL: 'bucket-owner-full-control' }],
    ['s3:x-amz-grant-full-control', { 's3:x-amz-grant-full-control': grant }, { GrantFullControl: grant }],
    ['s3:x-amz-storage-class', { 's3:x-amz-storage-class': 'STANDARD_IA' }, { StorageClass: 'STANDARD_IA' }],
    [
      's3:x-amz-server-side-encryption',
      { 's3:x-amz-server-side-encryption': 'AES256' },
      { ServerSideEncryption: 'AES256' },
    ],
    [
      's3:x-amz-server-side-encryption-aws-kms-key-id',
      { 's3:x-amz-server-side-encryption-aws-kms-key-id': kms },
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kms },
    ],
    ['s3:RequestObjectTag', { 's3:RequestObjectTag/capa': 'oro' }, { Tagging: 'capa=oro' }],
    ['s3:if-none-match', { 's3:if-none-match': '*' }, { IfNoneMatch: '*' }],
  ])('may ask for %s', async (_name, StringEquals, more) => {
    const Bucket = `con-condicion-${Object.keys(StringEquals)[0]?.replace(/[^a-z]/g, '-')}`
    await lab.s3.send(new CreateBucketCommand({ Bucket, ObjectOwnership: 'ObjectWriter' }))
    const Principal = { AWS: otherAccount }
    await say(
      Bucket,
      { Principal, Action: 's3:PutObject', Condition: { StringEquals } },
      { Principal, Action: 's3:PutObjectTagging' },
    )
    const put = (members: Partial<PutObjectCommandInput>) =>
      other.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ...members }))
    expect(await failureOf(put({}))).toMatchObject(denied)
    await put(more)
  })

  it.each<[string, object, Partial<CopyObjectCommandInput>]>([
    ['s3:x-amz-copy-source', { 's3:x-amz-copy-source': 'FUENTE/publico/*' }, {}],
    ['s3:x-amz-metadata-directive', { 's3:x-amz-metadata-directive': 'COPY' }, { MetadataDirective: 'COPY' }],
  ])('of a copy may ask for %s', async (name, condition, more) => {
    const source = await lab.newBucket({ isOpen: true })
    await lab.put(source, 'publico/a')
    await lab.put(source, 'privado/a')
    const Bucket = await lab.newBucket({ isOpen: true })
    const StringLike = JSON.parse(JSON.stringify(condition).replace('FUENTE', source))
    await say(source, { Action: 's3:GetObject' })
    await say(Bucket, { Action: 's3:PutObject', Condition: { StringLike } })
    const copy = (key: string, members: object) =>
      other.send(new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${source}/${key}`, ...members }))
    await copy('publico/a', more)
    const refused = name === 's3:x-amz-copy-source' ? copy('privado/a', more) : copy('publico/a', {})
    expect(await failureOf(refused)).toMatchObject(denied)
  })
})

describe('a copy', () => {
  it('needs to read its source, and tags that it takes over', async () => {
    const source = await lab.newBucket({ isOpen: true })
    const Bucket = await lab.newBucket({ isOpen: true })
    await lab.s3.send(new PutObjectCommand({ Bucket: source, Key: 'k', Body: 'x', Tagging: 'capa=oro' }))
    const copy = (more: object = {}) =>
      other.send(new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${source}/k`, ...more }))
    await say(Bucket, { Action: 's3:PutObject' })
    expect(await failureOf(copy())).toMatchObject(denied)
    await say(source, { Action: 's3:GetObject' })
    expect(await failureOf(copy())).toMatchObject(denied)
    await copy({ TaggingDirective: 'REPLACE' })
    await say(source, { Action: ['s3:GetObject', 's3:GetObjectTagging'] })
    expect(await failureOf(copy())).toMatchObject(denied)
    await say(Bucket, { Action: ['s3:PutObject', 's3:PutObjectTagging'] })
    await copy()
  })
})

describe('the tags that an object has', () => {
  it('decide who reads it and its tags', async () => {
    const Bucket = await lab.newBucket({ isOpen: true })
    const Condition = { StringEquals: { 's3:ExistingObjectTag/nivel': 'publico' } }
    await say(Bucket, { Action: ['s3:GetObject', 's3:GetObjectTagging'], Condition })
    for (const [Key, Value] of [
      ['a', 'publico'],
      ['b', 'privado'],
    ] as const) {
      await lab.put(Bucket, Key)
      const Tagging = { TagSet: [{ Key: 'nivel', Value }] }
      await lab.s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging }))
    }
    await other.send(new GetObjectCommand({ Bucket, Key: 'a' }))
    await other.send(new GetObjectTaggingCommand({ Bucket, Key: 'a' }))
    expect(await failureOf(other.send(new GetObjectCommand({ Bucket, Key: 'b' })))).toMatchObject(denied)
    const tags = other.send(new GetObjectTaggingCommand({ Bucket, Key: 'b' }))
    expect(await failureOf(tags)).toMatchObject(denied)
  })
})

describe('what the request is', () => {
  it.each<[string, object, boolean]>([
    ['the address that it comes from', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, true],
    ['another address', { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, false],
    ['a secure transport', { Bool: { 'aws:SecureTransport': 'true' } }, false],
    ['its referrer', { StringLike: { 'aws:Referer': 'http://aqui.example/*' } }, true],
    ['its caller', { StringEquals: { 'aws:PrincipalType': 'Anonymous' } }, true],
  ])('decides: %s', async (_what, Condition, isLet) => {
    const Bucket = await lab.newBucket({ isOpen: true })
    await lab.put(Bucket, 'k')
    await say(Bucket, { Action: 's3:GetObject', Condition })
    const headers = { referer: 'http://aqui.example/pagina' }
    expect((await lab.fetch(`/${Bucket}/k`, { headers })).status).toBe(isLet ? 200 : 403)
  })

  it('decides a listing by its prefix, delimiter and length', async () => {
    const Bucket = await lab.newBucket({ isOpen: true })
    const Condition = {
      StringEquals: { 's3:prefix': 'raw/', 's3:delimiter': '/' },
      NumericLessThanEquals: { 's3:max-keys': '10' },
    }
    await say(Bucket, { Action: 's3:ListBucket', Condition })
    const list = (more: object) => other.send(new ListObjectsV2Command({ Bucket, ...more }))
    const asked = { Prefix: 'raw/', Delimiter: '/', MaxKeys: 10 }
    await list(asked)
    for (const more of [{ MaxKeys: 11 }, { Prefix: 'oro/' }, { Delimiter: undefined }])
      expect(await failureOf(list({ ...asked, ...more }))).toMatchObject(denied)
  })
})
