import {
  type CompletedPart,
  type CompleteMultipartUploadCommandInput,
  DeleteObjectCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'
import { multipartSteps, onlyETags, second } from '../multipart-lab.ts'

const lab = useS3()
const { begin, complete, upload } = multipartSteps(lab)

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

it('a completion of an upload that never was is refused, whatever its ETags are', async () => {
  const Bucket = await lab.newBucket()
  for (const ETag of ['a'.repeat(65), '"x"', 'ñ', '']) {
    const failure = await failureOf(complete(Bucket, 'nunca', [{ PartNumber: 1, ETag }]))
    expect([ETag, failure.status, failure.code]).toEqual([ETag, 404, 'NoSuchUpload'])
  }
})
