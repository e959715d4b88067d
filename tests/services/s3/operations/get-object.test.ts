import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, textOf, useS3 } from '../lab.ts'

const lab = useS3()

describe('a reader', () => {
  it('may replace the headers of the answer', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', 'x')
    const got = await lab.s3.send(
      new GetObjectCommand({
        Bucket,
        Key: 'k',
        ResponseCacheControl: 'no-store',
        ResponseContentDisposition: 'inline',
        ResponseContentEncoding: 'identity',
        ResponseContentLanguage: 'es',
        ResponseContentType: 'text/plain',
        ResponseExpires: new Date('2031-01-01T00:00:00Z'),
      }),
    )
    expect(got).toMatchObject({
      CacheControl: 'no-store',
      ContentDisposition: 'inline',
      ContentEncoding: 'identity',
      ContentLanguage: 'es',
      ContentType: 'text/plain',
      Expires: new Date('2031-01-01T00:00:00Z'),
    })
  })

  it.each([
    { name: 'a key that is not there', Key: 'nada', VersionId: undefined, code: 'NoSuchKey', status: 404 },
    {
      name: 'a version in a bucket without',
      Key: 'k',
      VersionId: 'f'.repeat(32),
      code: 'InvalidArgument',
      status: 400,
    },
  ])('is told of $name', async ({ Key, VersionId, code, status }) => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k')
    const failure = await failureOf(lab.s3.send(new GetObjectCommand({ Bucket, Key, VersionId })))
    expect(failure).toMatchObject({ code, status })
  })

  it('gets no body with HEAD', async () => {
    const Bucket = await lab.newBucket()
    const failure = await failureOf(lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'nada' })))
    expect(failure).toMatchObject({ code: 'NotFound', status: 404 })
  })

  it('may ask for the version null', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', 'x')
    expect(
      await textOf(await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId: 'null' }))),
    ).toBe('x')
  })
})

describe('an archived object', () => {
  it('is told of, but not read', async () => {
    const Bucket = await lab.newBucket()
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', StorageClass: 'GLACIER' }))
    expect(await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({
      StorageClass: 'GLACIER',
    })
    expect(await failureOf(lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toMatchObject({
      code: 'InvalidObjectState',
      status: 403,
      message: "The operation is not valid for the object's storage class",
    })
  })
})
