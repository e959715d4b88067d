import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  paginateListBuckets,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()

describe('bucket names', () => {
  it.each(['abc', 'a.b.c', 'datos-2024', '0'.repeat(63), 'a1', '1a-b.c-2d'].filter(name => name.length > 2))(
    '%s is taken',
    async Bucket => {
      const created = await lab.s3.send(new CreateBucketCommand({ Bucket }))
      expect(created.Location).toBe(`/${Bucket}`)
      await lab.s3.send(new DeleteBucketCommand({ Bucket }))
    },
  )

  it.each([
    'ab',
    'Mayusculas',
    'sub_rayado',
    '-guion',
    'guion-',
    'punto.',
    '.punto',
    'dos..puntos',
    'guion-.punto',
    '192.168.5.4',
    'xn--punycode',
    'sthree-x',
    'amzn-s3-demo-bucket',
    'x-s3alias',
    'x--ol-s3',
    'x.mrap',
    'x--x-s3',
    'x--table-s3',
    'ñandu',
    '0'.repeat(64),
  ])('%s is refused', async Bucket => {
    const answer = await lab.fetch(`/${encodeURIComponent(Bucket)}`, { method: 'PUT' })
    const document = await answer.text()
    expect(answer.status).toBe(400)
    expect(document).toContain(
      '<Code>InvalidBucketName</Code><Message>The specified bucket is not valid.</Message>',
    )
    expect(document).toContain(`<BucketName>${Bucket}</BucketName>`)
  })
})

describe('the region of a bucket', () => {
  const cases: readonly { client: string; constraint?: string; region: string }[] = [
    { client: 'us-east-1', region: 'us-east-1' },
    { client: 'us-east-1', constraint: 'eu-west-2', region: 'eu-west-2' },
    { client: 'us-east-1', constraint: 'EU', region: 'eu-west-1' },
    { client: 'sa-east-1', constraint: 'sa-east-1', region: 'sa-east-1' },
    { client: 'eu-west-1', constraint: 'EU', region: 'eu-west-1' },
  ]
  it.each(cases)('$client + $constraint → $region', async ({ client, constraint, region }) => {
    const s3 = lab.client({ region: client })
    const Bucket = `region-${client}-${constraint?.toLowerCase() ?? 'none'}`
    await s3.send(new CreateBucketCommand(withConstraint(Bucket, constraint)))
    const head = await s3.send(new HeadBucketCommand({ Bucket }))
    const location = await s3.send(new GetBucketLocationCommand({ Bucket }))
    expect(head).toMatchObject({
      BucketRegion: region,
      BucketArn: `arn:aws:s3:::${Bucket}`,
      AccessPointAlias: false,
    })
    expect(location.LocationConstraint).toBe(constraint)
  })

  it('must be one to list by it', async () => {
    const failure = await failureOf(lab.s3.send(new ListBucketsCommand({ BucketRegion: 'eu-east-1' })))
    expect(failure).toMatchObject({
      code: 'InvalidArgument',
      message: 'Argument value eu-east-1 is not a valid AWS Region',
      members: { ArgumentName: 'bucket-region' },
    })
  })

  const refusals: readonly { client: string; constraint: string; code: string; message: string }[] = [
    {
      client: 'us-east-1',
      constraint: 'us-east-1',
      code: 'InvalidLocationConstraint',
      message: 'The specified location-constraint is not valid',
    },
    {
      client: 'us-east-1',
      constraint: 'bar',
      code: 'InvalidLocationConstraint',
      message: 'The specified location-constraint is not valid',
    },
    {
      client: 'us-west-2',
      constraint: 'eu-west-1',
      code: 'IllegalLocationConstraintException',
      message:
        'The eu-west-1 location constraint is incompatible for the region specific endpoint this request was sent to.',
    },
  ]
  it.each(refusals)('$client + $constraint is refused', async ({ client, constraint, code, message }) => {
    const call = lab
      .client({ region: client })
      .send(new CreateBucketCommand(withConstraint('region-wrong', constraint)))
    expect(await failureOf(call)).toMatchObject({ code, message, status: 400 })
  })

  it('must be said outside of us-east-1', async () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=test/20240101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=x'
    const answer = await lab.fetch('/region-unsaid', { method: 'PUT', headers: { authorization } })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('The unspecified location constraint is incompatible')
  })
})

describe('a bucket that is there already', () => {
  it('is no error for its owner in us-east-1', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'kept')
    await lab.s3.send(new CreateBucketCommand({ Bucket }))
    expect((await failureOf(lab.s3.send(new DeleteBucketCommand({ Bucket })))).code).toBe('BucketNotEmpty')
  })

  it('is one everywhere else', async () => {
    const s3 = lab.client({ region: 'us-west-1' })
    const input = withConstraint('there-already', 'us-west-1')
    await s3.send(new CreateBucketCommand(input))
    expect(await failureOf(s3.send(new CreateBucketCommand(input)))).toMatchObject({
      code: 'BucketAlreadyOwnedByYou',
      status: 409,
      message: 'Your previous request to create the named bucket succeeded and you already own it.',
    })
  })
})

describe('what a bucket that is not there answers', () => {
  it.each([
    {
      name: 'GetBucketLocation',
      call: () => lab.s3.send(new GetBucketLocationCommand({ Bucket: 'no-such-bucket' })),
    },
    { name: 'DeleteBucket', call: () => lab.s3.send(new DeleteBucketCommand({ Bucket: 'no-such-bucket' })) },
    { name: 'GetBucketAcl', call: () => lab.s3.send(new GetBucketAclCommand({ Bucket: 'no-such-bucket' })) },
  ])('to $name', async ({ call }) => {
    expect(await failureOf(call())).toMatchObject({
      code: 'NoSuchBucket',
      status: 404,
      message: 'The specified bucket does not exist',
      members: { BucketName: 'no-such-bucket' },
    })
  })

  it('to HeadBucket', async () => {
    const failure = await failureOf(lab.s3.send(new HeadBucketCommand({ Bucket: 'no-such-bucket' })))
    expect(failure).toMatchObject({ code: 'NotFound', status: 404 })
  })
})

describe('DeleteBucket', () => {
  it('wants a bucket without versions', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    await lab.put(Bucket, 'a')
    const { VersionId } = await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }))
    expect(VersionId).toMatch(/^[0-9a-f]{32}$/)
    expect(await failureOf(lab.s3.send(new DeleteBucketCommand({ Bucket })))).toMatchObject({
      code: 'BucketNotEmpty',
      status: 409,
      message: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
    })
  })
})

describe('ListBuckets', () => {
  it('pages through the buckets by name', async () => {
    const client = lab.client({ accessKeyId: '222233334444' })
    for (const Bucket of ['p-3', 'p-1', 'q-1', 'p-2']) await client.send(new CreateBucketCommand({ Bucket }))
    const pages: string[][] = []
    for await (const page of paginateListBuckets({ client, pageSize: 2 }, { Prefix: 'p-' })) {
      pages.push((page.Buckets ?? []).map(bucket => `${bucket.Name} ${bucket.BucketRegion}`))
    }
    expect(pages).toEqual([['p-1 us-east-1', 'p-2 us-east-1'], ['p-3 us-east-1']])
    const all = await client.send(new ListBucketsCommand())
    expect(all.Buckets?.map(bucket => bucket.Name)).toEqual(['p-1', 'p-2', 'p-3', 'q-1'])
    expect(all.Buckets?.[0]?.BucketRegion).toBeUndefined()
    expect(all.Owner?.ID).toMatch(/^[0-9a-f]{64}$/)
    const elsewhere = await client.send(new ListBucketsCommand({ BucketRegion: 'eu-west-1' }))
    expect(elsewhere.Buckets ?? []).toEqual([])
  })

  it('refuses a token that it never gave', async () => {
    const failure = await failureOf(lab.s3.send(new ListBucketsCommand({ ContinuationToken: '¿?' })))
    expect(failure).toMatchObject({
      code: 'InvalidArgument',
      message: 'The continuation token provided is incorrect',
    })
  })
})

describe('the owner of a bucket', () => {
  it('has everything', async () => {
    const Bucket = await lab.newBucket()
    const { Owner, Grants } = await lab.s3.send(new GetBucketAclCommand({ Bucket }))
    expect(Grants).toEqual([
      { Grantee: { ID: Owner?.ID, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' },
    ])
  })

  it.each([
    { owner: '000000000000', code: undefined },
    { owner: '111111111111', code: 'AccessDenied' },
    { owner: '1111', code: 'InvalidBucketOwnerAWSAccountID' },
  ])('is expected to be $owner', async ({ owner, code }) => {
    const Bucket = await lab.newBucket()
    const call = lab.s3.send(new GetBucketLocationCommand({ Bucket, ExpectedBucketOwner: owner }))
    if (code === undefined) await expect(call).resolves.toBeDefined()
    else expect((await failureOf(call)).code).toBe(code)
  })
})

describe('what CreateBucket refuses', () => {
  const cases: readonly {
    name: string
    input: Partial<CreateBucketCommandInput>
    code: string
    status: number
  }[] = [
    {
      name: 'a public ACL',
      input: { ACL: 'public-read' },
      code: 'InvalidBucketAclWithObjectOwnership',
      status: 400,
    },
    {
      name: 'an unknown ownership',
      input: { ObjectOwnership: 'Otra' as 'ObjectWriter' },
      code: 'InvalidArgument',
      status: 400,
    },
  ]
  it.each(cases)('$name is refused, not ignored', async ({ input, code, status }) => {
    const call = lab.s3.send(new CreateBucketCommand({ Bucket: 'not-created', ...input }))
    expect(await failureOf(call)).toMatchObject({ code, status })
    expect((await failureOf(lab.s3.send(new HeadBucketCommand({ Bucket: 'not-created' })))).status).toBe(404)
  })
})

function withConstraint(Bucket: string, constraint: string | undefined): CreateBucketCommandInput {
  if (constraint === undefined) return { Bucket }
  return { Bucket, CreateBucketConfiguration: { LocationConstraint: constraint as 'eu-west-1' } }
}
