import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, textOf, useS3 } from '../lab.ts'

const lab = useS3()

/** The members that carry a key of 32 times one letter. */
function keyOf(letter: string) {
  const SSECustomerKey = Buffer.from(letter.repeat(32)).toString('base64')
  const SSECustomerKeyMD5 = createHash('md5').update(letter.repeat(32)).digest('base64')
  return { SSECustomerAlgorithm: 'AES256', SSECustomerKey, SSECustomerKeyMD5 }
}
const mine = keyOf('m')
const others = keyOf('o')
const told = { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: mine.SSECustomerKeyMD5 }
const asSource = (key: ReturnType<typeof keyOf>) => ({
  CopySourceSSECustomerAlgorithm: key.SSECustomerAlgorithm,
  CopySourceSSECustomerKey: key.SSECustomerKey,
  CopySourceSSECustomerKeyMD5: key.SSECustomerKeyMD5,
})
const put = (Bucket: string, Body: string | Buffer, more: object = mine) =>
  lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ...more }))
const get = (Bucket: string, more: object = mine) =>
  lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k', ...more }))
const bytesOf = async (Bucket: string, more: object = mine) =>
  Buffer.from((await (await get(Bucket, more)).Body?.transformToByteArray()) ?? [])

describe('an object with a key of its writer', () => {
  it('is told as one, and read by that key', async () => {
    const Bucket = await lab.newBucket()
    const written = await put(Bucket, 'hola')
    expect(written).toMatchObject(told)
    expect(written.ServerSideEncryption).toBeUndefined()
    const got = await get(Bucket)
    expect(got).toMatchObject(told)
    expect(await textOf(got)).toBe('hola')
    expect(await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k', ...mine }))).toMatchObject(told)
  })

  it('is not read otherwise', async () => {
    const Bucket = await lab.newBucket()
    await put(Bucket, 'hola')
    expect(await failureOf(get(Bucket, {}))).toMatchObject({
      code: 'InvalidRequest',
      status: 400,
      message:
        'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    })
    expect(await failureOf(get(Bucket, others))).toMatchObject({ code: 'AccessDenied', status: 403 })
    const attributes = new GetObjectAttributesCommand({ Bucket, Key: 'k', ObjectAttributes: ['ETag'] })
    expect(await failureOf(lab.s3.send(attributes))).toMatchObject({ code: 'InvalidRequest' })
    const copy = new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/k` })
    expect(await failureOf(lab.s3.send(copy))).toMatchObject({ code: 'InvalidRequest' })
    await put(Bucket, 'hola', {})
    expect(await failureOf(get(Bucket))).toMatchObject({
      code: 'InvalidRequest',
      message: 'The encryption parameters are not applicable to this object.',
    })
  })

  it.each([1000, 3_000_000])('of %i bytes is read in any range', async size => {
    const Bucket = await lab.newBucket()
    const body = randomBytes(size)
    await put(Bucket, body)
    expect((await bytesOf(Bucket)).equals(body)).toBe(true)
    for (const [start, end] of [
      [0, 0],
      [15, 16],
      [17, 500],
      [size - 3, size - 1],
    ] as const) {
      const range = await bytesOf(Bucket, { ...mine, Range: `bytes=${start}-${end}` })
      expect(range.equals(body.subarray(start, end + 1))).toBe(true)
    }
  })

  it('is encrypted where it is kept', async () => {
    const Bucket = await lab.newBucket()
    await put(Bucket, 'un secreto que nadie lee')
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'p', Body: 'esto lo lee cualquiera' }))
    const parent = await mkdtemp(join(tmpdir(), 'sse-c-'))
    try {
      await lab.cloud.saveSnapshot(join(parent, 'nube'))
      const states = await readFile(join(parent, 'nube', 'states.v8'))
      expect(states.includes('esto lo lee cualquiera')).toBe(true)
      expect(states.includes('un secreto que nadie lee')).toBe(false)
      expect(states.includes('m'.repeat(32))).toBe(false)
    } finally {
      await rm(parent, { recursive: true })
    }
  })
})

describe('a copy', () => {
  it('changes the key, takes it off, or puts one on', async () => {
    const Bucket = await lab.newBucket()
    await put(Bucket, 'hola')
    const source = { Bucket, Key: 'k', CopySource: `${Bucket}/k` }
    await lab.s3.send(new CopyObjectCommand({ ...source, ...asSource(mine), ...others }))
    expect(await textOf(await get(Bucket, others))).toBe('hola')
    await lab.s3.send(new CopyObjectCommand({ ...source, ...asSource(others), MetadataDirective: 'REPLACE' }))
    expect(await textOf(await get(Bucket, {}))).toBe('hola')
    await lab.s3.send(new CopyObjectCommand({ ...source, ...mine }))
    expect(await textOf(await get(Bucket))).toBe('hola')
  })
})

describe('a multipart upload', () => {
  it('is encrypted part by part, copied parts as well', async () => {
    const Bucket = await lab.newBucket()
    const first = randomBytes(5 * 1024 * 1024)
    await put(Bucket, 'el final', others)
    const upload = { Bucket, Key: 'partes' }
    const { UploadId, ...answer } = await lab.s3.send(
      new CreateMultipartUploadCommand({ ...upload, ...mine }),
    )
    expect(answer).toMatchObject(told)
    const part = { ...upload, UploadId, Body: first, PartNumber: 1 }
    expect(await failureOf(lab.s3.send(new UploadPartCommand(part)))).toMatchObject({
      code: 'InvalidRequest',
      message:
        'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
    })
    expect(await failureOf(lab.s3.send(new UploadPartCommand({ ...part, ...others })))).toMatchObject({
      code: 'InvalidRequest',
      message: 'The provided encryption parameters did not match the ones used originally.',
    })
    const one = await lab.s3.send(new UploadPartCommand({ ...part, ...mine }))
    expect(one).toMatchObject(told)
    const two = await lab.s3.send(
      new UploadPartCopyCommand({
        ...upload,
        UploadId,
        PartNumber: 2,
        CopySource: `${Bucket}/k`,
        ...asSource(others),
        ...mine,
      }),
    )
    const Parts = [
      { PartNumber: 1, ETag: one.ETag },
      { PartNumber: 2, ETag: two.CopyPartResult?.ETag },
    ]
    const complete = { ...upload, UploadId, MultipartUpload: { Parts } }
    expect(
      await failureOf(lab.s3.send(new CompleteMultipartUploadCommand({ ...complete, ...others }))),
    ).toMatchObject({
      code: 'InvalidRequest',
      message: 'The provided encryption parameters did not match the ones used originally.',
    })
    await lab.s3.send(new CompleteMultipartUploadCommand(complete))
    const whole = await bytesOf(Bucket, { Key: 'partes', ...mine })
    expect(whole.equals(Buffer.concat([first, Buffer.from('el final')]))).toBe(true)
    const Range = `bytes=${first.length - 5}-${first.length + 1}`
    const seam = await bytesOf(Bucket, { Key: 'partes', ...mine, Range })
    expect(seam.equals(Buffer.concat([first.subarray(-5), Buffer.from('el')]))).toBe(true)
  })
})

describe('a key where none belongs', () => {
  const needed =
    'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.'

  it('is refused for a part, as if the upload had asked for one', async () => {
    const upload = { Bucket: await lab.newBucket(), Key: 'k' }
    const { UploadId } = await lab.s3.send(new CreateMultipartUploadCommand(upload))
    const part = new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'a', ...mine })
    expect(await failureOf(lab.s3.send(part))).toMatchObject({ code: 'InvalidRequest', message: needed })
  })

  it('is needed to complete an upload that promised checksums', async () => {
    const upload = { Bucket: await lab.newBucket(), Key: 'k' }
    const begin = new CreateMultipartUploadCommand({ ...upload, ChecksumAlgorithm: 'CRC32', ...mine })
    const { UploadId } = await lab.s3.send(begin)
    const part = {
      ...upload,
      UploadId,
      PartNumber: 1,
      Body: 'a',
      ChecksumAlgorithm: 'CRC32' as const,
      ...mine,
    }
    const { ETag, ChecksumCRC32 } = await lab.s3.send(new UploadPartCommand(part))
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag, ChecksumCRC32 }] }
    const complete = { ...upload, UploadId, MultipartUpload }
    expect(await failureOf(lab.s3.send(new CompleteMultipartUploadCommand(complete)))).toMatchObject({
      message: needed,
    })
    await lab.s3.send(new CompleteMultipartUploadCommand({ ...complete, ...mine }))
  })

  it('of another length is just another key to a reader', async () => {
    const Bucket = await lab.newBucket()
    await put(Bucket, 'hola')
    const SSECustomerKey = Buffer.from('corta').toString('base64')
    const SSECustomerKeyMD5 = createHash('md5').update('corta').digest('base64')
    const short = { SSECustomerAlgorithm: 'AES256', SSECustomerKey, SSECustomerKeyMD5 }
    expect(await failureOf(get(Bucket, short))).toMatchObject({ code: 'AccessDenied', status: 403 })
    const answer = await failureOf(put(Bucket, 'hola', short))
    expect(answer).toMatchObject({ code: 'InvalidArgument', status: 400 })
    expect(answer.members.ArgumentValue).toBeUndefined()
  })
})

/** As a client that checks nothing sends them. */
async function send(Bucket: string, headers: Record<string, string>): Promise<string> {
  const prefixed = Object.entries(headers).map(([name, value]) => [
    `x-amz-server-side-encryption${name}`,
    value,
  ])
  const answer = await lab.fetch(`/${Bucket}/k`, {
    method: 'PUT',
    body: 'x',
    headers: Object.fromEntries(prefixed) as Record<string, string>,
  })
  return answer.text()
}

it.each<[string, Record<string, string>, string]>([
  [
    'no algorithm',
    { '-customer-key': mine.SSECustomerKey, '-customer-key-md5': mine.SSECustomerKeyMD5 },
    'must provide a valid encryption algorithm.',
  ],
  ['no key', { '-customer-algorithm': 'AES256' }, 'must provide an appropriate secret key.'],
  [
    'another algorithm',
    { '-customer-algorithm': 'DES', '-customer-key': mine.SSECustomerKey },
    '<Code>InvalidEncryptionAlgorithmError</Code>',
  ],
  [
    'a short key',
    { '-customer-algorithm': 'AES256', '-customer-key': 'aaaa' },
    'The secret key was invalid for the specified algorithm.',
  ],
  [
    'another digest',
    {
      '-customer-algorithm': 'AES256',
      '-customer-key': mine.SSECustomerKey,
      '-customer-key-md5': others.SSECustomerKeyMD5,
    },
    'The calculated MD5 hash of the key did not match the hash that was provided.',
  ],
  [
    'another encryption besides',
    {
      '': 'AES256',
      '-customer-algorithm': 'AES256',
      '-customer-key': mine.SSECustomerKey,
      '-customer-key-md5': mine.SSECustomerKeyMD5,
    },
    'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
  ],
])('a key is refused with %s', async (_what, headers, message) => {
  expect(await send(await lab.newBucket(), headers)).toContain(message)
})

it('a bucket may take no such keys', async () => {
  const Bucket = await lab.newBucket()
  const rule = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const },
    BlockedEncryptionTypes: { EncryptionType: ['SSE-C' as const] },
  }
  await lab.s3.send(
    new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [rule] } }),
  )
  expect(await failureOf(put(Bucket, 'hola'))).toMatchObject({ code: 'AccessDenied', status: 403 })
  await put(Bucket, 'hola', {})
})
