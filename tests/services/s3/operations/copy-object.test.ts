import { createHash } from 'node:crypto'
import {
  CopyObjectCommand,
  type CopyObjectCommandInput,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, textOf, useS3 } from '../lab.ts'

const lab = useS3()

const described = {
  ContentType: 'text/csv',
  CacheControl: 'max-age=1',
  Metadata: { origen: 'a' },
  StorageClass: 'STANDARD_IA',
  Tagging: 'color=rojo',
} as const

describe('a copy', () => {
  it('takes over what was said of the object, but not its storage class', async () => {
    const Bucket = await lab.newBucket()
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'datos', ...described }))
    const copied = await lab.s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }))
    const source = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }))
    const copy = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'b', ChecksumMode: 'ENABLED' }))
    expect(await textOf(copy)).toBe('datos')
    expect(copied.CopyObjectResult).toMatchObject({
      ETag: source.ETag,
      LastModified: copy.LastModified,
      ChecksumCRC32: copy.ChecksumCRC32,
      ChecksumType: 'FULL_OBJECT',
    })
    expect(copy).toMatchObject({
      ContentType: 'text/csv',
      CacheControl: 'max-age=1',
      Metadata: { origen: 'a' },
    })
    expect(copy.StorageClass).toBeUndefined()
    const { TagSet } = await lab.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'b' }))
    expect(TagSet).toEqual([{ Key: 'color', Value: 'rojo' }])
  })

  it('may be told anew what it is', async () => {
    const Bucket = await lab.newBucket()
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'datos', ...described }))
    await lab.s3.send(
      new CopyObjectCommand({
        Bucket,
        Key: 'b',
        CopySource: `${Bucket}/a`,
        MetadataDirective: 'REPLACE',
        Metadata: { nuevo: 'sí' },
        TaggingDirective: 'REPLACE',
        Tagging: 'forma=cubo',
        ChecksumAlgorithm: 'SHA256',
      }),
    )
    const copy = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'b', ChecksumMode: 'ENABLED' }))
    expect(copy.CacheControl).toBeUndefined()
    expect(copy.ContentType).not.toBe('text/csv')
    expect(Object.keys(copy.Metadata ?? {})).toEqual(['nuevo'])
    expect(copy.ChecksumSHA256).toBe(createHash('sha256').update('datos').digest('base64'))
    const { TagSet } = await lab.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'b' }))
    expect(TagSet).toEqual([{ Key: 'forma', Value: 'cubo' }])
  })

  it.each(['año ñandú.csv', 'a+b', 'a%2Fb', '50%', 'a?b', '\u{1f600}'])(
    'finds %j by its encoded name',
    async Key => {
      const Bucket = await lab.newBucket()
      await lab.put(Bucket, Key, Key)
      await lab.s3.send(
        new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `/${Bucket}/${encodeURIComponent(Key)}` }),
      )
      expect(await textOf(await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'b' })))).toBe(Key)
    },
  )

  it('does not find a+b by a name that is not encoded', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'a+b')
    const call = lab.s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a+b` }))
    expect(await failureOf(call)).toMatchObject({ code: 'NoSuchKey', members: { Key: 'a b' } })
  })

  it('of a large object is a copy', async () => {
    const Bucket = await lab.newBucket()
    const Body = Buffer.alloc(2 * 1024 * 1024, 'z')
    await lab.put(Bucket, 'a', Body)
    await lab.s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }))
    await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }))
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'b' }))
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true)
  })

  it('brings a version back', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    const first = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'uno' }))
    await lab.put(Bucket, 'k', 'dos')
    const copied = await lab.s3.send(
      new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/k?versionId=${first.VersionId}` }),
    )
    expect(copied.CopySourceVersionId).toBe(first.VersionId)
    expect(copied.VersionId).not.toBe(first.VersionId)
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))
    expect(await textOf(got)).toBe('uno')
    expect(got.VersionId).toBe(copied.VersionId)
  })
})

describe('a copy is refused', () => {
  const cases: readonly {
    name: string
    input: (Bucket: string) => Partial<CopyObjectCommandInput>
    failure: object
  }[] = [
    {
      name: 'onto itself without a change',
      input: Bucket => ({ Key: 'a', CopySource: `${Bucket}/a` }),
      failure: {
        code: 'InvalidRequest',
        status: 400,
        message:
          "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      },
    },
    {
      name: 'from a key that is not there',
      input: Bucket => ({ CopySource: `${Bucket}/nada` }),
      failure: { code: 'NoSuchKey', status: 404, members: { Key: 'nada' } },
    },
    {
      name: 'from a bucket that is not there',
      input: () => ({ CopySource: 'no-such-bucket/a' }),
      failure: { code: 'NoSuchBucket', status: 404, members: { BucketName: 'no-such-bucket' } },
    },
    {
      name: 'from a name without a key',
      input: Bucket => ({ CopySource: Bucket }),
      failure: { code: 'InvalidArgument', status: 400, message: 'Invalid copy source object key' },
    },
    {
      name: 'from a name that cannot be decoded',
      input: Bucket => ({ CopySource: `${Bucket}/50%` }),
      failure: { code: 'InvalidArgument', status: 400, members: { ArgumentName: 'x-amz-copy-source' } },
    },
    {
      name: 'with an unknown metadata directive',
      input: Bucket => ({ CopySource: `${Bucket}/a`, MetadataDirective: 'MOVE' as 'COPY' }),
      failure: { code: 'InvalidArgument', message: 'Unknown metadata directive.' },
    },
    {
      name: 'with an unknown tagging directive',
      input: Bucket => ({ CopySource: `${Bucket}/a`, TaggingDirective: 'MOVE' as 'COPY' }),
      failure: { code: 'InvalidArgument', message: 'Unknown tagging directive.' },
    },
    {
      name: 'with an unknown checksum',
      input: Bucket => ({ CopySource: `${Bucket}/a`, ChecksumAlgorithm: 'ROT13' as 'SHA1' }),
      failure: { code: 'InvalidRequest', status: 400 },
    },
    {
      name: 'when the source is another than expected',
      input: Bucket => ({ CopySource: `${Bucket}/a`, CopySourceIfMatch: '"x"' }),
      failure: {
        code: 'PreconditionFailed',
        status: 412,
        members: { Condition: 'x-amz-copy-source-If-Match' },
      },
    },
    {
      name: 'when the source is the one that is known',
      input: Bucket => ({
        CopySource: `${Bucket}/a`,
        CopySourceIfNoneMatch: '9dd4e461268c8034f5c8564e155c67a6',
      }),
      failure: { code: 'PreconditionFailed', members: { Condition: 'x-amz-copy-source-If-None-Match' } },
    },
    {
      name: 'when the source was modified',
      input: Bucket => ({ CopySource: `${Bucket}/a`, CopySourceIfUnmodifiedSince: new Date(0) }),
      failure: {
        code: 'PreconditionFailed',
        members: { Condition: 'x-amz-copy-source-If-Unmodified-Since' },
      },
    },
    {
      name: 'when its destination must not be there',
      input: Bucket => ({ Key: 'b', CopySource: `${Bucket}/a`, IfNoneMatch: '*' }),
      failure: { code: 'PreconditionFailed', members: { Condition: 'If-None-Match' } },
    },
  ]

  it.each(cases)('$name', async ({ input, failure }) => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'a', 'x')
    await lab.put(Bucket, 'b', 'y')
    const call = lab.s3.send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource: '', ...input(Bucket) }))
    expect(await failureOf(call)).toMatchObject(failure)
    expect((await failureOf(lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'c' })))).status).toBe(404)
  })

  it('from a delete marker by its id, and from a deleted key', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    await lab.put(Bucket, 'a')
    const { VersionId } = await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }))
    const byId = new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/a?versionId=${VersionId}` })
    expect(await failureOf(lab.s3.send(byId))).toMatchObject({
      code: 'InvalidRequest',
      message: 'The source of a copy request may not specifically refer to a delete marker by version id.',
    })
    const byKey = new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/a` })
    expect(await failureOf(lab.s3.send(byKey))).toMatchObject({ code: 'NoSuchKey', status: 404 })
  })

  it('from an archive', async () => {
    const Bucket = await lab.newBucket()
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'a', StorageClass: 'DEEP_ARCHIVE' }))
    const call = lab.s3.send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/a` }))
    expect(await failureOf(call)).toMatchObject({
      code: 'InvalidObjectState',
      status: 403,
      message: "Operation is not valid for the source object's storage class",
    })
  })
})
