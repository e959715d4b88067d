import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../../../src/local-cloud.ts'

const Bucket = 'lago-con-politica'
const role = 'arn:aws:iam::000000000000:role/lector'
const test = { accessKeyId: 'test', secretAccessKey: 'test' }
let cloud: LocalCloud
let s3: S3Client

beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, enforceIam: true })
  s3 = client(test)
  await s3.send(new CreateBucketCommand({ Bucket }))
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'raw/x', Body: 'hola' }))
})
afterAll(() => cloud.close())

function options(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) {
  return { endpoint: cloud.url, region: 'us-east-1', credentials, maxAttempts: 1 }
}
const client = (credentials: Parameters<typeof options>[0]) =>
  new S3Client({ ...options(credentials), forcePathStyle: true })

const statement = {
  Effect: 'Allow',
  Principal: { AWS: role },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${Bucket}/raw/*`,
}
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const put = (Policy: string) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))

describe('the policy of a bucket', () => {
  it('is put, read as it was, and removed', async () => {
    const none = { name: 'NoSuchBucketPolicy', message: 'The bucket policy does not exist' }
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject(none)
    expect((await put(policy(statement))).$metadata.httpStatusCode).toBe(204)
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(policy(statement))
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }))
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }))
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject(none)
  })

  it.each([
    ['no JSON', 'hola', "Policies must be valid JSON and the first byte must be '{'"],
    ['half JSON', '{', 'This policy contains invalid Json'],
    ['no principal', policy({ ...statement, Principal: undefined }), 'Missing required field Principal'],
    ['an odd principal', policy({ ...statement, Principal: { AWS: 'ana' } }), 'Invalid principal in policy'],
    ['an action of another service', policy({ ...statement, Action: 'sqs:*' }), 'Policy has invalid action'],
    [
      'another bucket',
      policy({ ...statement, Resource: 'arn:aws:s3:::otro/*' }),
      'Policy has invalid resource',
    ],
    [
      'a sibling',
      policy({ ...statement, Resource: `arn:aws:s3:::${Bucket}2/*` }),
      'Policy has invalid resource',
    ],
    [
      'an object action on the bucket',
      policy({ ...statement, Resource: `arn:aws:s3:::${Bucket}` }),
      'Action does not apply to any resource(s) in statement',
    ],
    [
      'a bucket action on objects',
      policy({ ...statement, Action: 's3:ListBucket' }),
      'Action does not apply to any resource(s) in statement',
    ],
  ])('is refused with %s', async (_what, text, message) => {
    await expect(put(text)).rejects.toMatchObject({ name: 'MalformedPolicy', message })
  })
})

describe('where permissions decide, the policy of a bucket', () => {
  let own: S3Client
  beforeAll(async () => {
    const AssumeRolePolicyDocument = policy({
      Effect: 'Allow',
      Principal: { AWS: '000000000000' },
      Action: 'sts:AssumeRole',
    })
    await new IAMClient(options(test)).send(
      new CreateRoleCommand({ RoleName: 'lector', AssumeRolePolicyDocument }),
    )
    const { Credentials } = await new STSClient(options(test)).send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'sesion' }),
    )
    own = client({
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    })
  })
  const get = (Key = 'raw/x') => own.send(new GetObjectCommand({ Bucket, Key }))

  it('gives to the role that it names, and no more', async () => {
    await expect(get()).rejects.toMatchObject({ name: 'AccessDenied' })
    await put(policy(statement))
    await get()
    await expect(get('otro/x')).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(own.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({
      name: 'AccessDenied',
    })
  })

  it('takes from whom it denies, and says that it was it', async () => {
    await put(policy(statement, { ...statement, Effect: 'Deny', Principal: '*' }))
    await expect(get()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('with an explicit deny in a resource-based policy'),
    })
  })

  it('gives each key of a DeleteObjects by itself', async () => {
    await put(policy({ ...statement, Action: 's3:DeleteObject' }))
    const { Deleted, Errors } = await own.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'raw/nada' }, { Key: 'otro' }] } }),
    )
    expect(Deleted).toMatchObject([{ Key: 'raw/nada' }])
    expect(Errors).toMatchObject([{ Key: 'otro', Code: 'AccessDenied' }])
  })

  it('may give to everybody', async () => {
    const url = `${cloud.url}/${Bucket}/raw/x`
    await put(policy(statement))
    expect((await fetch(url)).status).toBe(403)
    await put(policy({ ...statement, Principal: '*' }))
    expect(await (await fetch(url)).text()).toBe('hola')
  })
})
