import { once } from 'node:events'
import { connect } from 'node:net'
import {
  DeleteObjectCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, textOf, useS3 } from '../lab.ts'

const lab = useS3()

/** Sends a request without a body as it stands, its text in UTF-8, and gives the answer's. */
async function send(request: string, ...headers: string[]): Promise<string> {
  const socket = connect(lab.cloud.port, '127.0.0.1')
  const received: Buffer[] = []
  socket.on('data', piece => received.push(piece))
  const lines = [`${request} HTTP/1.1`, 'host: localhost', 'connection: close', ...headers]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  await once(socket, 'close')
  return Buffer.concat(received).toString()
}

describe('an object', () => {
  it('comes back as it was put, with all that was said of it', async () => {
    const Bucket = await lab.newBucket()
    const described = {
      CacheControl: 'max-age=60',
      ContentDisposition: 'attachment; filename="a.csv"',
      ContentEncoding: 'gzip',
      ContentLanguage: 'es-AR',
      ContentType: 'text/csv; charset=utf-8',
      Expires: new Date('2030-01-02T03:04:05Z'),
      Metadata: { origen: 'sensor', 'dos-palabras': 'a b' },
      WebsiteRedirectLocation: '/otra.html',
      StorageClass: 'STANDARD_IA',
    } as const
    const put = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'contenido', ...described }))
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))
    const head = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))
    expect(await textOf(got)).toBe('contenido')
    for (const answer of [got, head]) {
      expect(answer).toMatchObject({
        ...described,
        ContentLength: 9,
        ETag: put.ETag,
        AcceptRanges: 'bytes',
        ServerSideEncryption: 'AES256',
      })
      expect(answer.LastModified?.getMilliseconds()).toBe(0)
      expect(answer.VersionId).toBeUndefined()
    }
  })

  it('has S3 defaults when nothing is said of it', async () => {
    const Bucket = await lab.newBucket()
    await lab.fetch(`/${Bucket}/k`, { method: 'PUT', body: new Uint8Array([1, 2, 3]) })
    const head = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' }))
    expect(head).toMatchObject({
      ContentType: 'binary/octet-stream',
      ContentLength: 3,
      ETag: '"5289df737df57326fcdd22597afb1fac"',
      ChecksumType: 'FULL_OBJECT',
      Metadata: {},
    })
    expect(head.ChecksumCRC64NVME).toMatch(/^[A-Za-z0-9+/]{11}=$/)
    expect(head.StorageClass).toBeUndefined()
  })

  it.each(
    [
      '',
      ' ',
      'a b',
      'a+b',
      'a%2Fb',
      'ñandú/año',
      'a//b',
      '/a',
      'a/',
      '\u{1f600}',
      "!'()*~",
      'a?b=c&d',
      '<&>"',
      '..',
      '.',
      'a/../b',
      '\u0001',
    ].filter(key => key !== ''),
  )('may have the key %j', async Key => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, Key, Key)
    expect(await textOf(await lab.s3.send(new GetObjectCommand({ Bucket, Key })))).toBe(Key)
  })

  it('may have a key of 1,024 bytes, not one more', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'ñ'.repeat(512))
    expect(await failureOf(lab.put(Bucket, `${'ñ'.repeat(512)}a`))).toMatchObject({
      code: 'KeyTooLongError',
      status: 400,
      message: 'Your key is too long',
      members: { Size: '1025', MaxSizeAllowed: '1024' },
    })
  })

  it('may be empty', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', '')
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))
    expect(got).toMatchObject({ ContentLength: 0, ETag: '"d41d8cd98f00b204e9800998ecf8427e"' })
    expect(await textOf(got)).toBe('')
  })

  it('is replaced whole by the next one', async () => {
    const Bucket = await lab.newBucket()
    await lab.s3.send(
      new PutObjectCommand({ Bucket, Key: 'k', Body: 'uno', Metadata: { a: '1' }, Tagging: 'a=1' }),
    )
    await lab.put(Bucket, 'k', 'dos')
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))
    expect(await textOf(got)).toBe('dos')
    expect(got).toMatchObject({ Metadata: {} })
    expect(got.TagCount).toBeUndefined()
  })

  it('may be larger than memory likes', async () => {
    const Bucket = await lab.newBucket()
    const Body = Buffer.alloc(3 * 1024 * 1024 + 17, 'abcdefg')
    await lab.put(Bucket, 'large', Body)
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'large', ChecksumMode: 'ENABLED' }))
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true)
  })

  it('that is being read is read to its end, though it is replaced meanwhile', async () => {
    const Bucket = await lab.newBucket()
    const Body = Buffer.alloc(8 * 1024 * 1024, 'v')
    await lab.put(Bucket, 'large', Body)
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'large' }))
    await lab.put(Bucket, 'large', 'nuevo')
    await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'large' }))
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true)
  })
})

describe('user metadata', () => {
  it('outside of ASCII comes back as an RFC 2047 word, and may be sent as one', async () => {
    const Bucket = await lab.newBucket()
    // Node writes headers as Latin-1: this is how UTF-8 gets on the wire.
    const Metadata = {
      directo: Buffer.from('año').toString('latin1'),
      palabra: '=?UTF-8?Q?ca=C3=B1a_brava?=',
      base: '=?utf-8?B?w7FhbmTDug==?=',
      llana: '=?UTF-8?Q?ya_era_llana?=',
      invisible: '=?UTF-8?B?YeKAi2I=?=',
    }
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Metadata }))
    const head = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))
    expect(head.Metadata).toEqual({
      directo: '=?UTF-8?Q?a=C3=B1o?=',
      palabra: '=?UTF-8?Q?ca=C3=B1a_brava?=',
      base: '=?UTF-8?Q?=C3=B1and=C3=BA?=',
      llana: 'ya era llana',
      invisible: '=?UTF-8?B?YeKAi2I=?=',
    })
  })

  it('fits in 2 KB', async () => {
    const Bucket = await lab.newBucket()
    const send = (length: number) =>
      lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Metadata: { abcd: 'x'.repeat(length) } }))
    await send(2044)
    expect(await failureOf(send(2045))).toMatchObject({
      code: 'MetadataTooLarge',
      status: 400,
      members: { Size: '2049', MaxSizeAllowed: '2048' },
    })
  })
})

describe('PutObject refuses', () => {
  const cases: readonly {
    name: string
    input: Partial<PutObjectCommandInput>
    code: string
    status: number
  }[] = [
    {
      name: 'an unknown storage class',
      input: { StorageClass: 'OUTPOSTS' },
      code: 'InvalidStorageClass',
      status: 400,
    },
    { name: 'an ACL', input: { ACL: 'public-read' }, code: 'AccessControlListNotSupported', status: 400 },
    {
      name: 'a grant',
      input: { GrantRead: `id=${'a'.repeat(64)}` },
      code: 'AccessControlListNotSupported',
      status: 400,
    },
    {
      name: 'a lock without a locked bucket',
      input: { ObjectLockLegalHoldStatus: 'ON' },
      code: 'InvalidRequest',
      status: 400,
    },
    {
      name: 'unknown encryption',
      input: { ServerSideEncryption: 'rot13' as 'AES256' },
      code: 'InvalidArgument',
      status: 400,
    },
    { name: 'an append', input: { WriteOffsetBytes: 0 }, code: 'NotImplemented', status: 501 },
  ]
  it.each(cases)('$name', async ({ input, code, status }) => {
    const Bucket = await lab.newBucket()
    expect(
      await failureOf(lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ...input }))),
    ).toMatchObject({
      code,
      status,
    })
    expect((await failureOf(lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' })))).status).toBe(404)
  })

  it('takes the ACL that says nothing new', async () => {
    const Bucket = await lab.newBucket()
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', ACL: 'bucket-owner-full-control' }))
    const { Grants } = await lab.s3.send(new GetObjectAclCommand({ Bucket, Key: 'k' }))
    expect(Grants?.map(grant => grant.Permission)).toEqual(['FULL_CONTROL'])
  })

  it('a body of unknown length', async () => {
    const Bucket = await lab.newBucket()
    const body = new ReadableStream({
      start: controller => {
        controller.enqueue(new Uint8Array([1]))
        controller.close()
      },
    })
    const answer = await lab.fetch(`/${Bucket}/k`, { method: 'PUT', body, duplex: 'half' } as RequestInit)
    expect(answer.status).toBe(501)
    expect(await answer.text()).toContain('<Header>Transfer-Encoding</Header>')
  })

  it('a body that does not even say that it is empty', async () => {
    const Bucket = await lab.newBucket()
    const answer = await send(`PUT /${Bucket}/k`)
    expect(answer).toMatch(/^HTTP\/1.1 411 [\s\S]*<Code>MissingContentLength<\/Code>/)
    expect(answer).toContain('You must provide the Content-Length HTTP header.')
    expect(await send(`PUT /${Bucket}/k`, 'content-length: 0')).toMatch(/^HTTP\/1.1 200 /)
    expect(await send(`PUT /${Bucket}-2`)).toMatch(/^HTTP\/1.1 200 /)
  })

  it('to say that KMS encrypted what it did not ask for, and echoes what it did', async () => {
    const Bucket = await lab.newBucket()
    const encryption = {
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'clave',
      BucketKeyEnabled: true,
    } as const
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', ...encryption }))
    expect(await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject(encryption)
  })
})

it.each(['año.csv', '—👑.csv'])('is told to be saved as %s', async name => {
  const Bucket = await lab.newBucket()
  const disposition = `content-disposition: attachment; filename="${name}"`
  expect(await send(`PUT /${Bucket}/k`, 'content-length: 0', disposition)).toMatch(/^HTTP\/1.1 200 /)
  for (const method of ['GET', 'HEAD']) expect(await send(`${method} /${Bucket}/k`)).toContain(disposition)
})

describe('aws-chunked', () => {
  const encodings: [string, string | undefined][] = [
    ['gzip,aws-chunked', 'gzip'],
    ['aws-chunked, gzip, br', 'gzip,br'],
    ['aws-chunked', undefined],
  ]
  it.each(encodings)('as %j is how a body travelled, where it did', async (encoding, kept) => {
    const Bucket = await lab.newBucket()
    const body = '2\r\nab\r\n0\r\n\r\n'
    const headers = {
      'content-encoding': encoding,
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '2',
    }
    expect((await lab.fetch(`/${Bucket}/k`, { method: 'PUT', headers, body })).status).toBe(200)
    const head = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))
    expect([head.ContentEncoding, head.ContentLength]).toEqual([kept, 2])
  })

  it('is what a plain body is told to be', async () => {
    const Bucket = await lab.newBucket()
    const ContentEncoding = 'gzip, aws-chunked'
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'ab', ContentEncoding }))
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))
    expect(got.ContentEncoding).toBe(ContentEncoding)
    expect(await textOf(got)).toBe('ab')
  })

  it('is refused for a body that is signed without a hash', async () => {
    const Bucket = await lab.newBucket()
    const headers = { 'content-encoding': 'aws-chunked', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
    const answer = await lab.fetch(`/${Bucket}/k`, { method: 'PUT', headers, body: 'ab' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(
      'aws-chunked encoding is not supported when x-amz-content-sha256 UNSIGNED-PAYLOAD is supplied',
    )
  })
})
