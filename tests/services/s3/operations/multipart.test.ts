import { createHash } from 'node:crypto'
import { request } from 'node:http'
import {
  AbortMultipartUploadCommand,
  type ChecksumAlgorithm,
  type ChecksumType,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  DeleteObjectCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { describe, expect, it } from 'vitest'
import { checksumAlgorithms } from '../../../../src/services/s3/checksums/algorithms.ts'
import { failureOf, textOf, useS3 } from '../lab.ts'

const lab = useS3()

const fiveMebibytes = 5 * 1024 * 1024
const first = Buffer.alloc(fiveMebibytes, 'a')
const second = Buffer.from('fin')
const whole = Buffer.concat([first, second])

type Created = Partial<CreateMultipartUploadCommandInput>

async function begin(Bucket: string, input: Created = {}, Key = 'k'): Promise<string> {
  const { UploadId = '' } = await lab.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...input }))
  return UploadId
}

async function upload(
  Bucket: string,
  UploadId: string,
  bodies: readonly Uint8Array[],
  algorithm?: ChecksumAlgorithm,
) {
  const parts: CompletedPart[] = []
  for (const [index, Body] of bodies.entries()) {
    const PartNumber = index + 1
    const input = { Bucket, Key: 'k', UploadId, PartNumber, Body, ChecksumAlgorithm: algorithm }
    const {
      $metadata: _,
      ServerSideEncryption: __,
      ...digests
    } = await lab.s3.send(new UploadPartCommand(input))
    parts.push({ PartNumber, ...digests })
  }
  return parts
}

function complete(
  Bucket: string,
  UploadId: string,
  Parts: CompletedPart[],
  input: Partial<CompleteMultipartUploadCommandInput> = {},
) {
  return lab.s3.send(
    new CompleteMultipartUploadCommand({ Bucket, Key: 'k', UploadId, MultipartUpload: { Parts }, ...input }),
  )
}

function onlyETags(parts: readonly CompletedPart[]): CompletedPart[] {
  return parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }))
}

function etagOf(bodies: readonly Uint8Array[]): string {
  const md5s = bodies.map(body => createHash('md5').update(body).digest())
  return `"${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-${bodies.length}"`
}

function digest(algorithm: keyof typeof checksumAlgorithms, ...pieces: Uint8Array[]): Buffer {
  const hasher = checksumAlgorithms[algorithm].createHasher()
  for (const piece of pieces) hasher.update(piece)
  return hasher.digest()
}

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

describe('a completion is refused', () => {
  const cases: readonly {
    name: string
    parts: (uploaded: CompletedPart[]) => CompletedPart[]
    input?: Partial<CompleteMultipartUploadCommandInput>
    failure: object
  }[] = [
    {
      name: 'without parts',
      parts: () => [],
      failure: { code: 'InvalidRequest', message: 'You must specify at least one part' },
    },
    {
      name: 'with parts in disorder',
      parts: uploaded => [...uploaded].reverse(),
      failure: {
        code: 'InvalidPartOrder',
        message: 'The list of parts was not in ascending order. Parts must be ordered by part number.',
      },
    },
    {
      name: 'with a part twice',
      parts: uploaded => [...uploaded, ...uploaded.slice(-1)],
      failure: { code: 'InvalidPartOrder' },
    },
    {
      name: 'with a part that was not uploaded',
      parts: uploaded => [...uploaded, { PartNumber: 7, ETag: '"x"' }],
      failure: { code: 'InvalidPart', members: { PartNumber: '7', ETag: 'x' } },
    },
    {
      name: 'with another ETag',
      parts: uploaded => uploaded.map(part => ({ ...part, ETag: '"d41d8cd98f00b204e9800998ecf8427e"' })),
      failure: {
        code: 'InvalidPart',
        members: { PartNumber: '1', ETag: 'd41d8cd98f00b204e9800998ecf8427e' },
      },
    },
    {
      name: 'with a small part before the last',
      parts: uploaded => uploaded,
      failure: {
        code: 'EntityTooSmall',
        message: 'Your proposed upload is smaller than the minimum allowed size',
        members: { ProposedSize: '4', MinSizeAllowed: '5242880', PartNumber: '1' },
      },
    },
    {
      name: 'with checksums that the upload never promised',
      parts: uploaded => uploaded.slice(1).map(part => ({ ...part, ChecksumCRC32: 'AAAAAA==' })),
      failure: { code: 'InvalidPart' },
    },
    {
      name: 'with another size',
      parts: uploaded => uploaded.slice(1),
      input: { MpuObjectSize: 5 },
      failure: {
        code: 'InvalidRequest',
        message: "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 3",
      },
    },
    {
      name: 'with another kind of checksum',
      parts: uploaded => uploaded.slice(1),
      input: { ChecksumType: 'FULL_OBJECT' },
      failure: {
        code: 'InvalidRequest',
        message:
          'The upload was created using the null checksum mode. The complete request must use the same checksum mode.',
      },
    },
  ]

  it.each(cases)('$name', async ({ parts, input, failure }) => {
    const Bucket = await lab.newBucket()
    const UploadId = await begin(Bucket)
    const uploaded = onlyETags(await upload(Bucket, UploadId, [Buffer.from('test'), second]))
    expect(await failureOf(complete(Bucket, UploadId, parts(uploaded), input))).toMatchObject({
      status: 400,
      ...failure,
    })
    expect((await lab.s3.send(new ListPartsCommand({ Bucket, Key: 'k', UploadId }))).Parts).toHaveLength(2)
  })
})

describe('conditions on a completion', () => {
  const change: readonly {
    name: string
    before?: string
    during?: string | null
    condition: Partial<CompleteMultipartUploadCommandInput>
    code: string | undefined
  }[] = [
    { name: 'creates', condition: { IfNoneMatch: '*' }, code: undefined },
    { name: 'does not replace', before: 'x', condition: { IfNoneMatch: '*' }, code: 'PreconditionFailed' },
    {
      name: 'does not replace what came meanwhile',
      during: 'x',
      condition: { IfNoneMatch: '*' },
      code: 'PreconditionFailed',
    },
    {
      name: 'notices a delete meanwhile',
      before: 'x',
      during: null,
      condition: { IfNoneMatch: '*' },
      code: 'ConditionalRequestConflict',
    },
    {
      name: 'replaces what it knows',
      before: 'x',
      condition: { IfMatch: '"9dd4e461268c8034f5c8564e155c67a6"' },
      code: undefined,
    },
    {
      name: 'does not replace another',
      before: 'y',
      condition: { IfMatch: '"9dd4e461268c8034f5c8564e155c67a6"' },
      code: 'PreconditionFailed',
    },
    {
      name: 'notices a write meanwhile',
      before: 'x',
      during: 'x',
      condition: { IfMatch: '"9dd4e461268c8034f5c8564e155c67a6"' },
      code: 'ConditionalRequestConflict',
    },
    { name: 'does not take both', condition: { IfMatch: '"x"', IfNoneMatch: '*' }, code: 'NotImplemented' },
  ]
  it.each(change)('$name', async ({ before, during, condition, code }) => {
    const Bucket = await lab.newBucket()
    if (before !== undefined) await lab.put(Bucket, 'k', before)
    const UploadId = await begin(Bucket)
    const parts = onlyETags(await upload(Bucket, UploadId, [second]))
    if (during === null) await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
    else if (during !== undefined) await lab.put(Bucket, 'k', during)
    const call = complete(Bucket, UploadId, parts, condition)
    if (code === undefined) await expect(call).resolves.toMatchObject({ Key: 'k' })
    else expect((await failureOf(call)).code).toBe(code)
  })
})

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

describe('listing uploads', () => {
  it('goes by key, then by age', async () => {
    const Bucket = await lab.newBucket()
    const ids: string[] = []
    for (const key of ['b', 'a', 'a', 'c/1', 'c/2']) ids.push(await begin(Bucket, {}, key))
    const [b, a1, a2, c1, c2] = ids
    const list = async (input: object) => {
      const page = await lab.s3.send(new ListMultipartUploadsCommand({ Bucket, ...input }))
      return { ...page, ids: (page.Uploads ?? []).map(({ UploadId }) => UploadId) }
    }
    expect((await list({})).ids).toEqual([a1, a2, b, c1, c2])
    expect(await list({ MaxUploads: 1 })).toMatchObject({
      ids: [a1],
      IsTruncated: true,
      NextKeyMarker: 'a',
      NextUploadIdMarker: a1,
    })
    expect((await list({ KeyMarker: 'a', UploadIdMarker: a1 })).ids).toEqual([a2, b, c1, c2])
    expect((await list({ KeyMarker: 'a' })).ids).toEqual([b, c1, c2])
    expect((await list({ UploadIdMarker: a2, MaxUploads: 1 })).ids).toEqual([a1])
    expect(await list({ Prefix: 'c', Delimiter: '/' })).toMatchObject({
      ids: [],
      CommonPrefixes: [{ Prefix: 'c/' }],
    })
    await lab.s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'a', UploadId: a1 }))
    expect((await list({ KeyMarker: 'a', UploadIdMarker: a1 })).ids).toEqual([a2, b, c1, c2])
    const wrong = lab.s3.send(new ListMultipartUploadsCommand({ Bucket, KeyMarker: 'a', UploadIdMarker: b }))
    expect(await failureOf(wrong)).toMatchObject({
      code: 'InvalidArgument',
      message: 'Invalid uploadId marker',
    })
  })

  it('comes to an end, however small its pages', async () => {
    const Bucket = await lab.newBucket()
    for (const key of ['a', 'b/1', 'b/2', 'c']) await begin(Bucket, {}, key)
    const shown: (string | undefined)[] = []
    let markers: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {}
    for (;;) {
      const page = await lab.s3.send(
        new ListMultipartUploadsCommand({ Bucket, Delimiter: '/', MaxUploads: 1, ...markers }),
      )
      shown.push(
        ...(page.Uploads ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      )
      if (!page.IsTruncated) break
      markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
    }
    expect(shown).toEqual(['a', 'b/', 'c'])
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
