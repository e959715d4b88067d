import {
  type ChecksumType,
  CopyObjectCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, textOf, useS3 } from '../lab.ts'
import {
  type Created,
  digest,
  etagOf,
  first,
  fiveMebibytes,
  multipartSteps,
  onlyETags,
  second,
  whole,
} from '../multipart-lab.ts'

const lab = useS3()
const { begin, complete, upload } = multipartSteps(lab)

describe('checksums of a multipart upload', () => {
  it.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
    '%s is one of its parts’ checksums',
    async algorithm => {
      const Bucket = await lab.newBucket()
      const UploadId = await begin(Bucket, { ChecksumAlgorithm: algorithm })
      const parts = await upload(Bucket, UploadId, [first, second], algorithm)
      const completed = await complete(Bucket, UploadId, parts)
      const expected = digest(algorithm, digest(algorithm, first), digest(algorithm, second)).toString(
        'base64',
      )
      expect(completed).toMatchObject({
        [`Checksum${algorithm}`]: `${expected}-2`,
        ChecksumType: 'COMPOSITE',
      })
      const attributes = await lab.s3.send(
        new GetObjectAttributesCommand({
          Bucket,
          Key: 'k',
          ObjectAttributes: ['Checksum', 'ObjectParts'],
          MaxParts: 1,
        }),
      )
      expect(attributes.Checksum).toEqual({ [`Checksum${algorithm}`]: expected, ChecksumType: 'COMPOSITE' })
      expect(attributes.ObjectParts).toMatchObject({
        TotalPartsCount: 2,
        IsTruncated: true,
        NextPartNumberMarker: '1',
        Parts: [
          {
            PartNumber: 1,
            Size: fiveMebibytes,
            [`Checksum${algorithm}`]: parts[0]?.[`Checksum${algorithm}`],
          },
        ],
      })
      const part = await lab.s3.send(
        new GetObjectCommand({ Bucket, Key: 'k', PartNumber: 2, ChecksumMode: 'ENABLED' }),
      )
      expect(part).toMatchObject({
        PartsCount: 2,
        ContentLength: 3,
        ContentRange: `bytes ${fiveMebibytes}-${fiveMebibytes + 2}/${whole.length}`,
        [`Checksum${algorithm}`]: digest(algorithm, second).toString('base64'),
      })
      expect(await textOf(part)).toBe('fin')
    },
  )

  it('are told part by part, also of an object of one part', async () => {
    const Bucket = await lab.newBucket()
    const UploadId = await begin(Bucket, { ChecksumAlgorithm: 'SHA256' })
    await complete(Bucket, UploadId, await upload(Bucket, UploadId, [second], 'SHA256'))
    const get = { Bucket, Key: 'k', ChecksumMode: 'ENABLED' as const }
    const ofPart = digest('SHA256', second)
    expect(await lab.s3.send(new HeadObjectCommand({ ...get, PartNumber: 1 }))).toMatchObject({
      ChecksumSHA256: ofPart.toString('base64'),
      ChecksumType: 'COMPOSITE',
    })
    expect((await lab.s3.send(new HeadObjectCommand(get))).ChecksumSHA256).toBe(
      `${digest('SHA256', ofPart).toString('base64')}-1`,
    )
  })

  it.each(['CRC32', 'CRC64NVME'] as const)(
    'are one of the whole where none was promised, whatever parts bring: %s',
    async algorithm => {
      const Bucket = await lab.newBucket()
      const UploadId = await begin(Bucket)
      const parts = await upload(Bucket, UploadId, [first], algorithm)
      await lab.put(Bucket, 'fin', second)
      const copy = { Bucket, Key: 'k', UploadId, PartNumber: 2, CopySource: `${Bucket}/fin` }
      const { CopyPartResult } = await lab.s3.send(new UploadPartCopyCommand(copy))
      expect(CopyPartResult?.ChecksumCRC64NVME).toBeUndefined()
      const completed = await complete(Bucket, UploadId, [
        ...onlyETags(parts),
        { PartNumber: 2, ETag: CopyPartResult?.ETag },
      ])
      const told = {
        ChecksumCRC64NVME: digest('CRC64NVME', whole).toString('base64'),
        ChecksumType: 'FULL_OBJECT',
      }
      expect(completed).toMatchObject(told)
      const head = new HeadObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' })
      expect(await lab.s3.send(head)).toMatchObject(told)
      const again = new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/k` })
      expect((await lab.s3.send(again)).CopyObjectResult).toMatchObject(told)
    },
  )

  it.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)('%s may be one of the whole', async algorithm => {
    const Bucket = await lab.newBucket()
    const UploadId = await begin(Bucket, { ChecksumAlgorithm: algorithm, ChecksumType: 'FULL_OBJECT' })
    const parts = await upload(Bucket, UploadId, [first, second], algorithm)
    const expected = { [`Checksum${algorithm}`]: digest(algorithm, whole).toString('base64') }
    const wrong = { [`Checksum${algorithm}`]: digest(algorithm, second).toString('base64') }
    expect(await failureOf(complete(Bucket, UploadId, parts, wrong))).toMatchObject({
      code: 'BadDigest',
      message: `The ${algorithm.toLowerCase()} you specified did not match the calculated checksum.`,
    })
    const completed = await complete(Bucket, UploadId, onlyETags(parts), {
      ...expected,
      ChecksumType: 'FULL_OBJECT',
    })
    expect(completed).toMatchObject({ ...expected, ChecksumType: 'FULL_OBJECT' })
    const attributes = await lab.s3.send(
      new GetObjectAttributesCommand({
        Bucket,
        Key: 'k',
        ObjectAttributes: ['ObjectParts', 'ETag', 'ObjectSize'],
      }),
    )
    expect(attributes).toMatchObject({ ObjectParts: { TotalPartsCount: 2 }, ObjectSize: whole.length })
    expect(attributes.ETag).toBe(etagOf([first, second]).replaceAll('"', ''))
    expect(attributes.ObjectParts?.Parts).toBeUndefined()
  })

  const kinds: readonly { ChecksumAlgorithm?: string; ChecksumType?: ChecksumType; message: string }[] = [
    {
      ChecksumType: 'FULL_OBJECT',
      message: 'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    },
    {
      ChecksumAlgorithm: 'CRC64NVME',
      ChecksumType: 'COMPOSITE',
      message: 'The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.',
    },
    {
      ChecksumAlgorithm: 'SHA256',
      ChecksumType: 'FULL_OBJECT',
      message: 'The FULL_OBJECT checksum type cannot be used with the sha256 checksum algorithm.',
    },
    {
      ChecksumAlgorithm: 'ROT13',
      message:
        'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    },
  ]
  it.each(kinds)('$ChecksumAlgorithm $ChecksumType is refused', async ({ message, ...input }) => {
    const Bucket = await lab.newBucket()
    const failure = await failureOf(begin(Bucket, input as Created))
    expect(failure).toMatchObject({ code: 'InvalidRequest', status: 400, message })
  })

  it('are those that the upload promised', async () => {
    const Bucket = await lab.newBucket()
    const UploadId = await begin(Bucket, { ChecksumAlgorithm: 'SHA256' })
    expect(await failureOf(upload(Bucket, UploadId, [second], 'CRC32'))).toMatchObject({
      code: 'InvalidRequest',
      message: 'Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32',
    })
    const parts = await upload(Bucket, UploadId, [second], 'SHA256')
    expect(await failureOf(complete(Bucket, UploadId, onlyETags(parts)))).toMatchObject({
      code: 'InvalidRequest',
      message:
        'The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.',
    })
    const other = parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag, ChecksumCRC32: 'AAAAAA==' }))
    expect(await failureOf(complete(Bucket, UploadId, other))).toMatchObject({
      code: 'BadDigest',
      message: 'The crc32 you specified for part 1 did not match what we received.',
    })
  })
})
