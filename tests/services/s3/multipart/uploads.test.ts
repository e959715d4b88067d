import { request } from 'node:http'
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { describe, expect, it } from 'vitest'
import { failureOf, textOf, useS3 } from '../lab.ts'
import { etagOf, first, fiveMebibytes, multipartSteps, onlyETags, second, whole } from '../multipart-lab.ts'

const lab = useS3()
const { begin, complete, upload } = multipartSteps(lab)

describe('a multipart upload', () => {
  it('becomes an object with the attributes that it began with', async () => {
    const Bucket = await lab.newBucket()
    const described = {
      ContentType: 'text/csv',
      Metadata: { a: '1' },
      Tagging: 'a=b',
      CacheControl: 'no-store',
    }
    const UploadId = await begin(Bucket, described)
    const parts = await upload(Bucket, UploadId, [first, second])
    const completed = await complete(Bucket, UploadId, onlyETags(parts))
    expect(completed).toMatchObject({ Bucket, Key: 'k', ETag: etagOf([first, second]) })
    expect(completed.Location).toBe(`${lab.cloud.url}/${Bucket}/k`)
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(whole)).toBe(true)
    expect(got).toMatchObject({
      ContentType: 'text/csv',
      Metadata: { a: '1' },
      TagCount: 1,
      CacheControl: 'no-store',
      ETag: completed.ETag,
    })
  })

  it('is completed again with the same answer, but only as it was', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    const UploadId = await begin(Bucket)
    const parts = onlyETags(await upload(Bucket, UploadId, [second]))
    const once = await complete(Bucket, UploadId, parts)
    const { $metadata: _, ...twice } = await complete(Bucket, UploadId, parts, { IfNoneMatch: '*' })
    expect(once).toMatchObject(twice)
    const otherwise = complete(Bucket, UploadId, [
      { PartNumber: 1, ETag: '"d41d8cd98f00b204e9800998ecf8427e"' },
    ])
    expect(await failureOf(otherwise)).toMatchObject({
      code: 'NoSuchUpload',
      status: 404,
      members: { UploadId },
    })
    await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: once.VersionId }))
    expect((await failureOf(complete(Bucket, UploadId, parts))).code).toBe('NoSuchUpload')
  })

  it('leaves out parts that its completion does not name, and may skip numbers', async () => {
    const Bucket = await lab.newBucket()
    const UploadId = await begin(Bucket)
    const parts = await upload(Bucket, UploadId, [first, Buffer.from('no'), second])
    await complete(
      Bucket,
      UploadId,
      onlyETags(parts).filter(({ PartNumber }) => PartNumber !== 2),
    )
    const head = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))
    expect(head).toMatchObject({ ContentLength: whole.length, ETag: etagOf([first, second]) })
  })

  it('takes the last body of a part', async () => {
    const Bucket = await lab.newBucket()
    const UploadId = await begin(Bucket)
    await upload(Bucket, UploadId, [Buffer.from('viejo')])
    const parts = await upload(Bucket, UploadId, [Buffer.from('nuevo')])
    await complete(Bucket, UploadId, onlyETags(parts))
    expect(await textOf(await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('nuevo')
  })

  it('leaves nothing when it is aborted', async () => {
    const Bucket = await lab.newBucket()
    const UploadId = await begin(Bucket)
    await upload(Bucket, UploadId, [second])
    await lab.s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'k', UploadId }))
    expect((await lab.s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined()
    for (const call of [
      () => lab.s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'k', UploadId })),
      () => lab.s3.send(new ListPartsCommand({ Bucket, Key: 'k', UploadId })),
      () => lab.s3.send(new UploadPartCommand({ Bucket, Key: 'k', UploadId, PartNumber: 1, Body: 'x' })),
    ]) {
      expect((await failureOf(call())).code).toBe('NoSuchUpload')
    }
  })

  it('belongs to its key', async () => {
    const Bucket = await lab.newBucket()
    const UploadId = await begin(Bucket)
    const call = lab.s3.send(
      new UploadPartCommand({ Bucket, Key: 'otra', UploadId, PartNumber: 1, Body: 'x' }),
    )
    expect((await failureOf(call)).code).toBe('NoSuchUpload')
  })

  it('is what lib-storage sends', async () => {
    const Bucket = await lab.newBucket()
    const Body = Buffer.alloc(11 * 1024 * 1024 + 3, 'lib-storage ')
    await new Upload({ client: lab.s3, params: { Bucket, Key: 'k', Body }, partSize: fiveMebibytes }).done()
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' }))
    expect(got.ETag).toMatch(/-3"$/)
    expect(got.ChecksumType).toBe('COMPOSITE')
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true)
  })

  it('is a version like any other', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    await lab.put(Bucket, 'k', 'antes')
    const UploadId = await begin(Bucket)
    const { VersionId } = await complete(
      Bucket,
      UploadId,
      onlyETags(await upload(Bucket, UploadId, [second])),
    )
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId }))
    expect(await textOf(got)).toBe('fin')
  })
})

describe('a body of a part', () => {
  it('that is cut off keeps nothing', async () => {
    const Bucket = await lab.newBucket()
    const UploadId = await begin(Bucket)
    await new Promise<void>(resolve => {
      const sending = request(`${lab.cloud.url}/${Bucket}/k?partNumber=1&uploadId=${UploadId}`, {
        method: 'PUT',
        headers: { 'content-length': first.length },
      })
      sending.on('error', () => resolve())
      sending.on('close', () => resolve())
      sending.write(first.subarray(0, 1000), () => sending.destroy())
    })
    expect((await lab.s3.send(new ListPartsCommand({ Bucket, Key: 'k', UploadId }))).Parts).toBeUndefined()
  })
})
