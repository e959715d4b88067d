import { request } from 'node:http'
import {
  type CORSRule,
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketCorsCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()
const page = 'https://pagina.example'
const readers: CORSRule = { AllowedMethods: ['GET', 'HEAD'], AllowedOrigins: ['*'] }
const put = (Bucket: string, ...CORSRules: CORSRule[]) =>
  lab.s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }))

interface Got {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}

/** As a browser sends it: fetch does not let us set these headers. */
function send(method: string, path: string, headers: Record<string, string>): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(lab.cloud.url + path, { method, headers }, response => {
      const pieces: Buffer[] = []
      response.on('data', piece => pieces.push(piece))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(pieces).toString(),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(method === 'PUT' ? 'hola' : undefined)
  })
}
const preflight = (path: string, headers: Record<string, string> = {}) =>
  send('OPTIONS', path, { origin: page, 'access-control-request-method': 'GET', ...headers })

describe('the CORS rules of a bucket', () => {
  it('are put, read as they were, and deleted', async () => {
    const Bucket = await lab.newBucket()
    const get = () => lab.s3.send(new GetBucketCorsCommand({ Bucket }))
    const none = {
      code: 'NoSuchCORSConfiguration',
      message: 'The CORS configuration does not exist',
      status: 404,
    }
    expect(await failureOf(get())).toMatchObject(none)
    const rule: CORSRule = {
      ID: 'lectores',
      ...readers,
      AllowedHeaders: ['x-amz-*'],
      ExposeHeaders: ['ETag'],
      MaxAgeSeconds: 3000,
    }
    await put(Bucket, rule, readers)
    expect((await get()).CORSRules).toEqual([rule, readers])
    await lab.s3.send(new DeleteBucketCorsCommand({ Bucket }))
    expect(await failureOf(get())).toMatchObject(none)
  })

  it.each<[string, CORSRule[], string, string?]>([
    ['none', [], 'MalformedXML'],
    ['no origin', [{ AllowedMethods: ['GET'], AllowedOrigins: [] }], 'MalformedXML'],
    ['no method', [{ AllowedMethods: [], AllowedOrigins: ['*'] }], 'MalformedXML'],
    [
      'an odd method',
      [{ ...readers, AllowedMethods: ['PATCH'] }],
      'InvalidRequest',
      'Found unsupported HTTP method in CORS config. Unsupported method is PATCH',
    ],
    [
      'two wildcards in an origin',
      [{ ...readers, AllowedOrigins: ['https://*.a.*'] }],
      'InvalidRequest',
      'AllowedOrigin "https://*.a.*" can not have more than one wildcard.',
    ],
    [
      'two wildcards in a header',
      [{ ...readers, AllowedHeaders: ['x-*-*'] }],
      'InvalidRequest',
      'AllowedHeader "x-*-*" can not have more than one wildcard.',
    ],
    [
      'a wildcard to expose',
      [{ ...readers, ExposeHeaders: ['*'] }],
      'InvalidRequest',
      'ExposeHeader "*" contains wildcard. We currently do not support wildcard for ExposeHeader.',
    ],
    [
      'more than a hundred',
      Array.from({ length: 101 }, () => readers),
      'InvalidRequest',
      'The number of CORS rules should not exceed allowed limit of 100 rules.',
    ],
  ])('are refused with %s', async (_what, rules, code, message) => {
    const failure = await failureOf(put(await lab.newBucket(), ...rules))
    expect(failure).toMatchObject({ code, status: 400, ...(message && { message }) })
  })
})

describe('a preflight', () => {
  it('is answered by the first rule that fits', async () => {
    const Bucket = await lab.newBucket()
    await put(
      Bucket,
      {
        AllowedMethods: ['PUT', 'POST'],
        AllowedOrigins: ['https://*.example'],
        AllowedHeaders: ['Content-*', 'x-amz-date'],
        ExposeHeaders: ['ETag', 'x-amz-version-id'],
        MaxAgeSeconds: 60,
      },
      readers,
    )
    const got = await preflight(`/${Bucket}/una/key`, {
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'Content-Type, X-Amz-Date',
    })
    expect(got).toMatchObject({
      status: 200,
      text: '',
      headers: {
        'access-control-allow-origin': page,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'PUT, POST',
        'access-control-allow-headers': 'content-type, x-amz-date',
        'access-control-expose-headers': 'ETag, x-amz-version-id',
        'access-control-max-age': '60',
        vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
      },
    })
    const reading = await preflight(`/${Bucket}`)
    expect(reading.headers).toMatchObject({ 'access-control-allow-origin': '*' })
    expect(reading.headers).not.toHaveProperty('access-control-allow-credentials')
  })

  it('finds the bucket of another account, and of the host', async () => {
    const other = lab.client({ accessKeyId: '111122223333' })
    await other.send(
      new (await import('@aws-sdk/client-s3')).CreateBucketCommand({ Bucket: 'de-otra-cuenta' }),
    )
    await other.send(
      new PutBucketCorsCommand({ Bucket: 'de-otra-cuenta', CORSConfiguration: { CORSRules: [readers] } }),
    )
    expect((await preflight('/de-otra-cuenta/k')).status).toBe(200)
    expect((await preflight('/k', { host: 'de-otra-cuenta.s3.localhost' })).status).toBe(200)
  })

  it('is refused in AWS’s words', async () => {
    const Bucket = await lab.newBucket()
    expect((await preflight('/no-hay/k')).text).toContain(
      '<Code>AccessForbidden</Code><Message>CORSResponse: Bucket not found</Message>',
    )
    const disabled = await preflight(`/${Bucket}`)
    expect(disabled.status).toBe(403)
    expect(disabled.text).toContain(
      '<Code>AccessForbidden</Code><Message>CORSResponse: CORS is not enabled for this bucket.</Message>',
    )
    expect(disabled.text).toContain('<Method>GET</Method><ResourceType>BUCKET</ResourceType>')
    await put(Bucket, readers)
    for (const headers of [
      { 'access-control-request-method': 'PUT' },
      { 'access-control-request-headers': 'x-amz-date' },
    ]) {
      const got = await preflight(`/${Bucket}/k`, headers as unknown as Record<string, string>)
      expect(got.status).toBe(403)
      expect(got.text).toContain('CORSResponse: This CORS request is not allowed.')
      expect(got.text).toContain('<ResourceType>OBJECT</ResourceType>')
    }
    const bare = await send('OPTIONS', `/${Bucket}`, { 'access-control-request-method': 'GET' })
    expect(bare.status).toBe(400)
    expect(bare.text).toContain('Insufficient information. Origin request header needed.')
    const odd = await send('OPTIONS', `/${Bucket}`, { origin: page })
    expect(odd.text).toContain('<Code>BadRequest</Code><Message>Invalid Access-Control-Request-Method: null')
  })
})

describe('a page of another site', () => {
  it('reads what a rule lets it, and cannot read the rest', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', 'hola')
    const before = await send('GET', `/${Bucket}/k`, { origin: page })
    expect(before).toMatchObject({ status: 200, text: 'hola' })
    expect(before.headers).not.toHaveProperty('access-control-allow-origin')
    await put(Bucket, { ...readers, ExposeHeaders: ['ETag'] })
    const after = await send('GET', `/${Bucket}/k`, { origin: page })
    expect(after.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-expose-headers': 'ETag',
    })
    const missing = await send('GET', `/${Bucket}/no-hay`, { origin: page })
    expect(missing).toMatchObject({ status: 404, headers: { 'access-control-allow-origin': '*' } })
  })

  it('changes only what a rule lets it', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', 'hola')
    await put(Bucket, readers)
    for (const [method, path] of [
      ['PUT', `/${Bucket}/k`],
      ['POST', `/${Bucket}?delete`],
      ['DELETE', `/${Bucket}/k`],
      ['PUT', '/uno-nuevo'],
      ['DELETE', `/${Bucket}`],
    ] as const) {
      const got = await send(method, path, { origin: page })
      expect(got.status).toBe(403)
      expect(got.text).toContain(`Requests from ${page} are refused`)
    }
    await lab.s3.send(new HeadBucketCommand({ Bucket }))
    await put(Bucket, { AllowedMethods: ['PUT'], AllowedOrigins: [page] })
    expect(await send('PUT', `/${Bucket}/nuevo`, { origin: page })).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': page, 'access-control-allow-credentials': 'true' },
    })
    expect((await send('PUT', `/${Bucket}/nuevo`, { origin: 'https://otra.example' })).status).toBe(403)
    expect((await send('DELETE', `/${Bucket}/nuevo`, { origin: page })).status).toBe(403)
  })

  it('never lists the buckets', async () => {
    const got = await send('GET', '/', { origin: page })
    expect(got.status).toBe(403)
    expect((await lab.s3.send(new ListBucketsCommand({}))).Buckets?.length).toBeGreaterThan(0)
  })

  it('reaches no other service through a bucket’s rules', async () => {
    const Bucket = await lab.newBucket()
    await put(Bucket, { AllowedMethods: ['POST'], AllowedOrigins: ['*'] })
    const form = {
      origin: page,
      host: `${Bucket}.s3.localhost`,
      'content-type': 'application/x-www-form-urlencoded',
    }
    const got = await send('POST', '/?Action=ListUsers&Version=2010-05-08', form)
    expect(got.status).toBe(403)
  })
})

it('answers a page of this machine as one of the rules’ pages', async () => {
  const Bucket = await lab.newBucket()
  const local = { origin: 'http://localhost:3000' }
  expect((await send('PUT', `/${Bucket}/k`, local)).status).toBe(200)
  await put(Bucket, readers)
  expect((await send('GET', `/${Bucket}/k`, local)).headers).toMatchObject({
    'access-control-allow-origin': '*',
  })
})
