import { createHash } from 'node:crypto'
import {
  type ChecksumAlgorithm,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { checksumAlgorithms, checksumNames } from '../../../../src/services/s3/checksums/algorithms.ts'
import { failureOf, textOf, useS3 } from '../lab.ts'

const lab = useS3()

const body = Buffer.from('checksum me, please')

function checksumOf(algorithm: keyof typeof checksumAlgorithms, bytes: Uint8Array = body): string {
  const hasher = checksumAlgorithms[algorithm].createHasher()
  hasher.update(bytes)
  return hasher.digest().toString('base64')
}

/** The client's clock and keys do not matter here: signatures are not checked. */
function chunked(trailer: string, value: string): { headers: Record<string, string>; body: string } {
  const text = body.toString()
  return {
    headers: {
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': String(text.length),
      'x-amz-trailer': trailer,
    },
    body: `${text.length.toString(16)}\r\n${text}\r\n0\r\n${value === '' ? '' : `${trailer}:${value}\r\n`}\r\n`,
  }
}

/** Those that the SDK computes by itself. */
const sentBySdk = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const

describe('a checksum that the SDK computes', () => {
  it.each(sentBySdk)('%s is verified, kept and told', async algorithm => {
    const member = `Checksum${algorithm}` as const
    const Bucket = await lab.newBucket()
    const input = { Bucket, Key: 'k', Body: body, ChecksumAlgorithm: algorithm as ChecksumAlgorithm }
    const put = await lab.s3.send(new PutObjectCommand(input))
    const told = { [member]: checksumOf(algorithm), ChecksumType: 'FULL_OBJECT' }
    expect(put).toMatchObject(told)
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' }))
    expect(got).toMatchObject(told)
    expect(await textOf(got)).toBe(body.toString())
    const lower = new HeadObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'enabled' as 'ENABLED' })
    expect(await lab.s3.send(lower)).toMatchObject(told)
    const silent = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))
    expect(silent[member]).toBeUndefined()
    const [listed] = (await lab.s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []
    expect(listed).toMatchObject({ ChecksumAlgorithm: [algorithm], ChecksumType: 'FULL_OBJECT' })
  })
})

describe.each(checksumNames.map(algorithm => ({ algorithm })))('$algorithm', ({ algorithm }) => {
  const member = `Checksum${algorithm}` as const
  const header = `x-amz-checksum-${algorithm.toLowerCase()}`

  it('that is wrong is refused, and nothing is kept', async () => {
    const Bucket = await lab.newBucket()
    const wrong = checksumOf(algorithm, Buffer.from('other'))
    const call = lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: body, [member]: wrong }))
    expect(await failureOf(call)).toMatchObject({
      code: 'BadDigest',
      status: 400,
      message: `The ${algorithm} you specified did not match the calculated checksum.`,
    })
    expect((await failureOf(lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' })))).status).toBe(404)
  })

  it.each(['no base64!', 'AAA=', ''])('is no checksum when it is %j', async value => {
    const Bucket = await lab.newBucket()
    const answer = await lab.fetch(`/${Bucket}/k`, { method: 'PUT', body, headers: { [header]: value } })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(
      `<Code>InvalidRequest</Code><Message>Value for ${header} header is invalid.</Message>`,
    )
  })

  it('may come behind the body', async () => {
    const Bucket = await lab.newBucket()
    const answer = await lab.fetch(`/${Bucket}/k`, {
      method: 'PUT',
      ...chunked(header, checksumOf(algorithm)),
    })
    expect(answer.status).toBe(200)
    expect(answer.headers.get(header)).toBe(checksumOf(algorithm))
    const got = await lab.fetch(`/${Bucket}/k`, { headers: { 'x-amz-checksum-mode': 'ENABLED' } })
    expect(await got.text()).toBe(body.toString())
    expect(got.headers.get(header)).toBe(checksumOf(algorithm))
    expect(got.headers.get('content-encoding')).toBeNull()
  })

  it.each([
    { name: 'wrong', value: checksumOf(algorithm, Buffer.from('other')), code: 'BadDigest' },
    { name: 'unreadable', value: '????', code: 'InvalidRequest' },
    { name: 'missing', value: '', code: 'MalformedTrailerError' },
  ])('behind the body is refused when it is $name', async ({ value, code }) => {
    const Bucket = await lab.newBucket()
    const answer = await lab.fetch(`/${Bucket}/k`, { method: 'PUT', ...chunked(header, value) })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(`<Code>${code}</Code>`)
    expect((await failureOf(lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' })))).status).toBe(404)
  })
})

describe('checksums', () => {
  it('come one at a time', async () => {
    const Bucket = await lab.newBucket()
    const headers = { 'x-amz-checksum-crc32': checksumOf('CRC32'), 'x-amz-checksum-sha1': checksumOf('SHA1') }
    const answer = await lab.fetch(`/${Bucket}/k`, { method: 'PUT', body, headers })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    )
  })

  it('that are announced must come', async () => {
    const Bucket = await lab.newBucket()
    const headers = { 'x-amz-sdk-checksum-algorithm': 'CRC32' }
    const answer = await lab.fetch(`/${Bucket}/k`, { method: 'PUT', body, headers })
    expect(await answer.text()).toContain(
      'no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    )
  })

  it('of an unknown kind are not taken as a trailer', async () => {
    const Bucket = await lab.newBucket()
    const answer = await lab.fetch(`/${Bucket}/k`, {
      method: 'PUT',
      ...chunked('x-amz-checksum-rot13', 'AAAA'),
    })
    expect(await answer.text()).toContain('The value specified in the x-amz-trailer header is not supported')
  })

  it.each(['xxhash64', 'xxhash3', 'xxhash128'])(
    'are not %s, which is refused rather than ignored',
    async name => {
      const Bucket = await lab.newBucket()
      const headers = { [`x-amz-checksum-${name}`]: 'AAAAAAAAAAA=' }
      const answer = await lab.fetch(`/${Bucket}/k`, { method: 'PUT', body, headers })
      expect(answer.status).toBe(501)
      expect(await answer.text()).toContain(`<Header>x-amz-checksum-${name}</Header>`)
    },
  )

  it.each([body, Buffer.alloc(3 << 20, 'grande')])(
    'are computed by S3 where nobody sends one',
    async bytes => {
      const Bucket = await lab.newBucket()
      const answer = await lab.fetch(`/${Bucket}/k`, { method: 'PUT', body: bytes })
      expect(answer.headers.get('x-amz-checksum-crc64nvme')).toBe(checksumOf('CRC64NVME', bytes))
      expect(answer.headers.get('x-amz-checksum-type')).toBe('FULL_OBJECT')
    },
  )
})

describe('Content-MD5', () => {
  const md5 = createHash('md5').update(body).digest()

  it('that is right is taken', async () => {
    const Bucket = await lab.newBucket()
    const ContentMD5 = md5.toString('base64')
    const put = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: body, ContentMD5 }))
    expect(put.ETag).toBe(`"${md5.toString('hex')}"`)
  })

  it('that is wrong is refused', async () => {
    const Bucket = await lab.newBucket()
    const ContentMD5 = createHash('md5').update('other').digest('base64')
    const call = lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: body, ContentMD5 }))
    expect(await failureOf(call)).toMatchObject({
      code: 'BadDigest',
      status: 400,
      message: 'The Content-MD5 you specified did not match what we received.',
      members: {
        ExpectedDigest: createHash('md5').update('other').digest('hex'),
        CalculatedDigest: md5.toString('base64'),
      },
    })
  })

  it.each(['000', '__invalid__', 'not base64 encoded checksum', 'MTIz', 'dGVzdC1zdHJpbmc='])(
    'is no MD5 when it is %j',
    async ContentMD5 => {
      const Bucket = await lab.newBucket()
      const call = lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: body, ContentMD5 }))
      expect(await failureOf(call)).toMatchObject({
        code: 'InvalidDigest',
        status: 400,
        message: 'The Content-MD5 you specified was invalid.',
        members: { 'Content-MD5': ContentMD5 },
      })
    },
  )
})
