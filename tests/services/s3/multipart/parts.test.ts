import {
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, textOf, useS3 } from '../lab.ts'
import { digest, etagOf, first, fiveMebibytes, multipartSteps, onlyETags, second } from '../multipart-lab.ts'

const lab = useS3()
const { begin, complete, upload } = multipartSteps(lab)

describe('parts', () => {
  it.each([{ PartNumber: 0 }, { PartNumber: 10_001 }, { PartNumber: -1 }])(
    'have no number $PartNumber',
    async ({ PartNumber }) => {
      const Bucket = await lab.newBucket()
      const UploadId = await begin(Bucket)
      const call = lab.s3.send(new UploadPartCommand({ Bucket, Key: 'k', UploadId, PartNumber, Body: 'x' }))
      expect(await failureOf(call)).toMatchObject({
        code: 'InvalidArgument',
        message: 'Part number must be an integer between 1 and 10000, inclusive',
        members: { ArgumentName: 'partNumber', ArgumentValue: String(PartNumber) },
      })
    },
  )

  it('are listed by number, page by page', async () => {
    const Bucket = await lab.newBucket()
    const UploadId = await begin(Bucket, { ChecksumAlgorithm: 'CRC32' })
    await upload(Bucket, UploadId, [second, second, second])
    const list = (input: object) =>
      lab.s3.send(new ListPartsCommand({ Bucket, Key: 'k', UploadId, ...input }))
    const one = await list({ MaxParts: 2 })
    expect(one).toMatchObject({
      IsTruncated: true,
      NextPartNumberMarker: '2',
      PartNumberMarker: '0',
      MaxParts: 2,
      ChecksumAlgorithm: 'CRC32',
      ChecksumType: 'COMPOSITE',
      StorageClass: 'STANDARD',
      Parts: [
        { PartNumber: 1, Size: 3, ETag: expect.any(String), ChecksumCRC32: expect.any(String) },
        { PartNumber: 2 },
      ],
    })
    const two = await list({ PartNumberMarker: one.NextPartNumberMarker })
    expect(two).toMatchObject({ IsTruncated: false, PartNumberMarker: '2', Parts: [{ PartNumber: 3 }] })
    expect((await failureOf(list({ PartNumberMarker: 'x' }))).code).toBe('InvalidArgument')
  })

  it('may be read by number, also of an object that has none', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', 'entero')
    const read = (PartNumber: number) => lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k', PartNumber }))
    const one = await read(1)
    expect(one).toMatchObject({ ContentRange: 'bytes 0-5/6', ContentLength: 6 })
    expect(one.$metadata.httpStatusCode).toBe(206)
    expect(one.PartsCount).toBeUndefined()
    expect(await failureOf(read(2))).toMatchObject({
      code: 'InvalidPartNumber',
      status: 416,
      members: { PartNumberRequested: '2', ActualPartCount: '1' },
    })
    const both = lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k', PartNumber: 1, Range: 'bytes=0-1' }))
    expect((await failureOf(both)).message).toBe(
      'Cannot specify both Range header and partNumber query parameter',
    )
  })

  it('are crossed by a range', async () => {
    const Bucket = await lab.newBucket()
    const UploadId = await begin(Bucket)
    await complete(Bucket, UploadId, onlyETags(await upload(Bucket, UploadId, [first, second])))
    const Range = `bytes=${fiveMebibytes - 2}-${fiveMebibytes}`
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range }))
    expect(await textOf(got)).toBe('aaf')
  })
})

describe('UploadPartCopy', () => {
  it('takes an object, or a range of it', async () => {
    const Bucket = await lab.newBucket()
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'fuente', Body: first }))
    const UploadId = await begin(Bucket, { ChecksumAlgorithm: 'CRC32' })
    const copy = async (PartNumber: number, CopySourceRange?: string) => {
      const input = {
        Bucket,
        Key: 'k',
        UploadId,
        PartNumber,
        CopySource: `${Bucket}/fuente`,
        CopySourceRange,
      }
      const { CopyPartResult } = await lab.s3.send(new UploadPartCopyCommand(input))
      const { LastModified: _, ...digests } = CopyPartResult ?? {}
      return { PartNumber, ...digests }
    }
    const parts = [await copy(1), await copy(2, 'bytes=0-2')]
    expect(parts[1]?.ChecksumCRC32).toBe(digest('CRC32', Buffer.from('aaa')).toString('base64'))
    await complete(Bucket, UploadId, parts)
    const head = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))
    expect(head).toMatchObject({
      ContentLength: fiveMebibytes + 3,
      ETag: etagOf([first, Buffer.from('aaa')]),
    })
  })

  const form =
    'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy'
  it.each([
    ...[
      '0-8',
      'bytes=-',
      'bytes=-0',
      'bytes=-15',
      'bytes=1-',
      'bytes=1-0',
      'bytes=0--1',
      'bytes=0-1,3-4',
    ].map(range => ({
      range,
      code: 'InvalidArgument',
      message: form,
    })),
    {
      range: 'bytes=0-100',
      code: 'InvalidArgument',
      message: 'Range specified is not valid for source object of size: 10',
    },
    {
      range: 'bytes=100-200',
      code: 'InvalidRequest',
      message: 'The specified copy range is invalid for the source object size',
    },
  ])('refuses $range of ten bytes', async ({ range, code, message }) => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'fuente', '0123456789')
    const UploadId = await begin(Bucket)
    const call = lab.s3.send(
      new UploadPartCopyCommand({
        Bucket,
        Key: 'k',
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/fuente`,
        CopySourceRange: range,
      }),
    )
    expect(await failureOf(call)).toMatchObject({ code, message, status: 400 })
  })
})
