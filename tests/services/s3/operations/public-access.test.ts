import {
  DeleteBucketOwnershipControlsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyStatusCommand,
  GetPublicAccessBlockCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { isPublicPolicy } from '../../../../src/services/s3/policies/public.ts'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()
const policyOf = (Bucket: string, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${Bucket}/*`,
        ...more,
      },
    ],
  })
const putPolicy = (Bucket: string, Policy: string) =>
  lab.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))

describe('the public access block', () => {
  it('is put, completed, read and deleted', async () => {
    const Bucket = await lab.newBucket()
    const get = () => lab.s3.send(new GetPublicAccessBlockCommand({ Bucket }))
    expect((await get()).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    })
    await lab.s3.send(new DeletePublicAccessBlockCommand({ Bucket }))
    const none = {
      code: 'NoSuchPublicAccessBlockConfiguration',
      status: 404,
      message: 'The public access block configuration was not found',
    }
    expect(await failureOf(get())).toMatchObject(none)
    const PublicAccessBlockConfiguration = { BlockPublicPolicy: true }
    await lab.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }))
    expect((await get()).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    })
    await lab.s3.send(new DeletePublicAccessBlockCommand({ Bucket }))
    expect(await failureOf(get())).toMatchObject(none)
  })

  it('keeps policies for everybody out, and lets others in', async () => {
    const Bucket = await lab.newBucket()
    const PublicAccessBlockConfiguration = { BlockPublicPolicy: true }
    await lab.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }))
    expect(await failureOf(putPolicy(Bucket, policyOf(Bucket)))).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: `User: arn:aws:iam::000000000000:root is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${Bucket}" because public policies are blocked by the BlockPublicPolicy block public access setting.`,
    })
    await putPolicy(Bucket, policyOf(Bucket, { Principal: { AWS: '111122223333' } }))
    await putPolicy(Bucket, policyOf(Bucket, { Effect: 'Deny' }))
  })
})

describe('the status of a policy', () => {
  it('tells whether it is for everybody', async () => {
    const Bucket = await lab.newBucket({ isOpen: true })
    const status = () => lab.s3.send(new GetBucketPolicyStatusCommand({ Bucket }))
    expect(await failureOf(status())).toMatchObject({ code: 'NoSuchBucketPolicy', status: 404 })
    await putPolicy(Bucket, policyOf(Bucket))
    expect((await status()).PolicyStatus).toEqual({ IsPublic: true })
    await putPolicy(Bucket, policyOf(Bucket, { Principal: { AWS: '111122223333' } }))
    expect((await status()).PolicyStatus).toEqual({ IsPublic: false })
  })

  it.each([
    [true, { Principal: { AWS: ['*'] } }],
    [false, { Principal: { Service: 'logging.s3.amazonaws.com' } }],
    [false, { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }],
    [true, { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } }],
    [true, { Condition: { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '::/0'] } } }],
    [true, { Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }],
    [false, { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-91237329' } } }],
    [true, { Condition: { StringLike: { 'aws:SourceVpc': '*' } } }],
    [true, { Condition: { StringEquals: { 'aws:Referer': 'https://a.example' } } }],
    [true, { Condition: { StringEquals: { 'aws:SourceVpc': '$' + '{aws:PrincipalTag/red}' } } }],
  ])('is %s for %j', (isPublic, more) => {
    expect(isPublicPolicy(policyOf('b', more))).toBe(isPublic)
  })
})

describe('ownership controls', () => {
  const put = (Bucket: string, ...owners: string[]) =>
    lab.s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: owners.map(ObjectOwnership => ({ ObjectOwnership }) as never) },
      }),
    )
  it('are those of the new bucket until others are put', async () => {
    const Bucket = await lab.newBucket()
    const get = () => lab.s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))
    expect((await get()).OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }])
    await put(Bucket, 'ObjectWriter')
    expect((await get()).OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'ObjectWriter' }])
    await lab.s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket }))
    expect(await failureOf(get())).toMatchObject({
      code: 'OwnershipControlsNotFoundError',
      status: 404,
      message: 'The bucket ownership controls were not found',
    })
  })

  it('decide whether an ACL is taken', async () => {
    const Bucket = await lab.newBucket()
    const withAcl = () => lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'private' }))
    expect(await failureOf(withAcl())).toMatchObject({ code: 'AccessControlListNotSupported' })
    await put(Bucket, 'BucketOwnerPreferred')
    await withAcl()
  })

  it.each([[[]], [['Nadie']], [['ObjectWriter', 'BucketOwnerPreferred']]])(
    'are refused as %j',
    async owners => {
      expect(await failureOf(put(await lab.newBucket(), ...owners))).toMatchObject({ code: 'MalformedXML' })
    },
  )
})
