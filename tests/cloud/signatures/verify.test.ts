import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  ListRolesCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { LambdaClient, ListFunctionsCommand, ListTagsCommand } from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/cloud/signatures/canonical-request.ts'
import { createClock } from '../../../src/core/clock.ts'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'
import { presigned, type RawRequest, send, signed } from './raw-client.ts'

interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

const root: Keys = { accessKeyId: 'test', secretAccessKey: 'test' }
const wrong: Keys = { accessKeyId: 'test', secretAccessKey: 'tset' }
const body = Buffer.from('hola')
const empty = Buffer.alloc(0)
let cloud: LocalCloud

beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, verifySignatures: true })
  await s3().send(new CreateBucketCommand({ Bucket: 'lago' }))
  await s3().send(new PutObjectCommand({ Bucket: 'lago', Key: 'k', Body: 'hola' }))
})
afterAll(() => cloud.close())

function options(credentials: Keys) {
  return { endpoint: cloud.url, region: 'us-east-1', credentials, maxAttempts: 1 }
}
const s3 = (keys = root, more: object = {}) =>
  new S3Client({ ...options(keys), forcePathStyle: true, ...more })
const iam = (keys = root) => new IAMClient(options(keys))
const sts = (keys = root) => new STSClient(options(keys))
const logs = (keys = root) => new CloudWatchLogsClient(options(keys))
const lambda = (keys = root) => new LambdaClient(options(keys))

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' },
})

async function sessionKeys(): Promise<Keys> {
  const { Credentials } = await sts().send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/r', RoleSessionName: 'ab' }),
  )
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
}

describe('the SDK signs as the cloud checks', () => {
  it('for every service, with the secret "test" of keys that the cloud did not issue', async () => {
    const keys = "año/a b+c%2F=&(1)!*'~$@:;,?ñ"
    for (const accessKeyId of ['test', '123456789012', 'AKIAIOSFODNN7EXAMPLE']) {
      const credentials = { accessKeyId, secretAccessKey: 'test' }
      const client = s3(credentials)
      const Bucket = `b-${accessKeyId.toLowerCase()}`
      await client.send(new CreateBucketCommand({ Bucket }))
      await client.send(new PutObjectCommand({ Bucket, Key: keys, Body: 'x', Metadata: { a: 'b  c' } }))
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: keys }))
      expect(await Body?.transformToString()).toBe('x')
      const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'año/a b+' }))
      expect(KeyCount).toBe(1)
      await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: keys }] } }))
      await logs(credentials).send(new CreateLogGroupCommand({ logGroupName: accessKeyId }))
      await iam(credentials).send(new ListRolesCommand({}))
      await lambda(credentials).send(new ListFunctionsCommand({}))
      await sts(credentials).send(new GetCallerIdentityCommand({}))
    }
    const Resource = 'arn:aws:lambda:us-east-1:000000000000:function:nada'
    await expect(lambda().send(new ListTagsCommand({ Resource }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  it('with the keys of a user and of a session, and no others', async () => {
    await iam().send(new CreateUserCommand({ UserName: 'ana' }))
    const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName: 'ana' }))
    const ana = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    }
    await iam().send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust }))
    const session = await sessionKeys()
    const get = new GetObjectCommand({ Bucket: 'lago', Key: 'k' })
    for (const keys of [ana, session]) {
      await s3(keys).send(get)
      await sts(keys).send(new GetCallerIdentityCommand({}))
      await expect(s3({ ...keys, secretAccessKey: 'test' }).send(get)).rejects.toMatchObject({
        name: 'SignatureDoesNotMatch',
      })
    }
    const { sessionToken, ...withoutToken } = session
    await expect(s3(withoutToken).send(get)).rejects.toMatchObject({ name: 'InvalidAccessKeyId' })
    await expect(s3({ ...session, sessionToken: `A${sessionToken}` }).send(get)).rejects.toMatchObject({
      name: 'InvalidToken',
    })
    await expect(
      logs({ ...session, sessionToken: 'x' }).send(new CreateLogGroupCommand({ logGroupName: 'n' })),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
    await iam().send(
      new UpdateAccessKeyCommand({ UserName: 'ana', AccessKeyId: ana.accessKeyId, Status: 'Inactive' }),
    )
    await expect(s3(ana).send(get)).rejects.toMatchObject({
      name: 'InvalidAccessKeyId',
      AWSAccessKeyId: ana.accessKeyId,
      $metadata: { httpStatusCode: 403 },
    })
  })

  it('with keys of a cloud that was saved, in the one that goes on from it, and in no other', async () => {
    const session = await sessionKeys()
    const folder = await mkdtemp(join(tmpdir(), 'seal-'))
    await cloud.saveSnapshot(folder)
    const get = new GetObjectCommand({ Bucket: 'lago', Key: 'k' })
    const starts = [{ snapshot: folder }, {}]
    const outcomes = []
    for (const start of starts) {
      const other = await startLocalCloud({ port: 0, verifySignatures: true, ...start })
      const outcome = s3(session, { endpoint: other.url }).send(get)
      outcomes.push(await outcome.then(() => 'accepted').catch(error => error.name))
      await other.close()
    }
    await rm(folder, { recursive: true })
    expect(outcomes).toEqual(['accepted', 'InvalidToken'])
  })

  it('and a wrong secret is refused by each service in its own words', async () => {
    await expect(s3(wrong).send(new PutObjectCommand({ Bucket: 'lago', Key: 'no' }))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      message:
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      AWSAccessKeyId: 'test',
      StringToSign: expect.stringMatching(
        /^AWS4-HMAC-SHA256\n\d{8}T\d{6}Z\n\d{8}\/us-east-1\/s3\/aws4_request\n/,
      ),
      SignatureProvided: expect.stringMatching(/^[0-9a-f]{64}$/),
      CanonicalRequest: expect.stringMatching(/^PUT\n\/lago\/no\nx-id=PutObject\n/),
      StringToSignBytes: expect.stringMatching(/^41 57 53 34 /),
      $metadata: { httpStatusCode: 403 },
    })
    const words = expect.stringMatching(
      /Check your AWS Secret Access Key and signing method[\s\S]*The Canonical String/,
    )
    await expect(logs(wrong).send(new CreateLogGroupCommand({ logGroupName: 'x' }))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message: words,
      $metadata: { httpStatusCode: 400 },
    })
    await expect(iam(wrong).send(new ListRolesCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: words,
      $metadata: { httpStatusCode: 403 },
    })
    await expect(lambda(wrong).send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 403 },
    })
  })
})

const put = (headers: Record<string, string> = {}): RawRequest => ({
  method: 'PUT',
  target: '/lago/crudo',
  headers,
  body,
})

describe('a request to S3', () => {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  const refused: [what: string, request: () => RawRequest, code: string, status: number, text: string][] = [
    ['that is not signed', () => put(), 'AccessDenied', 403, 'Access Denied'],
    [
      'of another kind of authorization',
      () => put({ authorization: 'Bearer x' }),
      'InvalidArgument',
      400,
      'Unsupported Authorization Type',
    ],
    [
      'with half an authorization',
      () => put({ authorization: 'AWS4-HMAC-SHA256 Credential=x' }),
      'AuthorizationHeaderMalformed',
      400,
      'requires three components',
    ],
    [
      'with a malformed credential',
      () =>
        put({
          authorization: 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=a',
          'x-amz-date': `${day}T000000Z`,
        }),
      'AuthorizationHeaderMalformed',
      400,
      'the Credential is mal-formed',
    ],
    [
      'for another region',
      () => signed(cloud.url, put(), { region: 'eu-west-1' }),
      'AuthorizationHeaderMalformed',
      400,
      'the region &apos;eu-west-1&apos; is wrong; expecting &apos;us-east-1&apos;',
    ],
    [
      'of another time',
      () => signed(cloud.url, put(), { time: Date.now() - 16 * 60_000 }),
      'RequestTimeTooSkewed',
      403,
      '<MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>',
    ],
    [
      'of a time before 1970, by version 2',
      () => put({ authorization: 'AWS test:x', 'x-amz-date': 'Tue, 07 Jul 1950 21:53:04 GMT' }),
      'AccessDenied',
      403,
      'AWS authentication requires a valid Date or x-amz-date header',
    ],
    [
      'with another body',
      () => ({ ...signed(cloud.url, put()), body: Buffer.from('Hola') }),
      'XAmzContentSHA256Mismatch',
      400,
      `<ClientComputedContentSHA256>${sha256('hola')}</ClientComputedContentSHA256>`,
    ],
    [
      'with a header more',
      () => {
        const request = signed(cloud.url, put())
        return { ...request, headers: { ...request.headers, 'x-amz-acl': 'private' } }
      },
      'AccessDenied',
      403,
      '<HeadersNotSigned>x-amz-acl</HeadersNotSigned>',
    ],
    [
      'with a hash that is none',
      () => signed(cloud.url, put(), { contentHash: 'nada' }),
      'InvalidArgument',
      400,
      'x-amz-content-sha256 must be',
    ],
  ]
  it.each(refused)('%s is refused', async (_what, request, code, status, text) => {
    const answer = await send(cloud.url, request())
    expect(answer).toMatchObject({ code, status })
    expect(answer.text.replaceAll("'", '&apos;')).toContain(text)
  })

  it('is accepted with its payload unsigned', async () => {
    const request = signed(cloud.url, put(), { contentHash: 'UNSIGNED-PAYLOAD' })
    expect((await send(cloud.url, request)).status).toBe(200)
  })

  it('is refused with any bit changed of what was signed', async () => {
    const original = signed(cloud.url, {
      method: 'PUT',
      target: '/lago/una/key.txt?x-id=PutObject&versionId=a',
      headers: { 'x-amz-meta-a': 'b c' },
      body,
    })
    const places = [
      'method',
      'target',
      'body',
      'x-amz-meta-a',
      'x-amz-date',
      'x-amz-content-sha256',
      'authorization',
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.nat(400), fc.nat(6), async (place, at, bit) => {
        const changed = flip(original, place, { at, bit })
        fc.pre(changed !== undefined)
        const { status } = await send(cloud.url, changed as RawRequest)
        expect(status, JSON.stringify(changed)).toBeGreaterThanOrEqual(400)
      }),
      { numRuns: 400 },
    )
    expect((await send(cloud.url, { ...original, target: '/lago/una/key.txt?x-id=PutObject' })).status).toBe(
      403,
    )
  })
})

describe('a presigned URL', () => {
  it('is refused with any bit changed, and for another method', async () => {
    const original = {
      method: 'GET',
      target: presigned(cloud.url, 'GET', '/lago/k'),
      headers: {},
      body: empty,
    }
    expect((await send(cloud.url, original)).status).toBe(200)
    expect((await send(cloud.url, { ...original, method: 'DELETE' })).status).toBe(403)
    await fc.assert(
      fc.asyncProperty(fc.nat(400), fc.nat(6), async (at, bit) => {
        const changed = flip(original, 'target', { at, bit })
        // `%2f` is `%2F`, and who signs is told by the secret.
        const isOther = changed?.target.replaceAll('%2f', '%2F') !== original.target
        fc.pre(changed !== undefined && isOther && changed.target.includes('X-Amz-Credential=test%2'))
        const { status } = await send(cloud.url, changed as RawRequest)
        expect(status, changed?.target).toBeGreaterThanOrEqual(400)
      }),
      { numRuns: 300 },
    )
  })
})

/** A request with one bit changed; `undefined` where HTTP would not carry it. */
function flip(
  request: RawRequest,
  place: string,
  { at, bit }: { readonly at: number; readonly bit: number },
): RawRequest | undefined {
  const change = (text: string): string => {
    const bytes = Buffer.from(text)
    const index = at % bytes.length
    bytes[index] = (bytes[index] ?? 0) ^ (1 << bit)
    return bytes.toString('latin1')
  }
  if (place === 'body') return { ...request, body: Buffer.from(change(request.body.toString())) }
  if (place === 'method') {
    const method = change(request.method)
    return ['POST', 'GET', 'HEAD', 'DELETE', 'PATCH', 'QUT'].includes(method)
      ? { ...request, method }
      : undefined
  }
  if (place === 'target') {
    const target = change(request.target)
    return /^\/[!-"$-~]*$/.test(target) ? { ...request, target } : undefined
  }
  const value = change(request.headers[place] ?? '')
  // Who signs is told by the secret; spaces between the parts of an authorization say nothing.
  if (place === 'authorization' && !value.includes('Credential=test/')) return undefined
  const isSame = value.replace(/\s/g, '') === request.headers[place]?.replace(/\s/g, '')
  return /^[!-~][ -~]*[!-~]$/.test(value) && !isSame
    ? { ...request, headers: { ...request.headers, [place]: value } }
    : undefined
}

describe('a request to another service', () => {
  const call = (headers: Record<string, string> = {}): RawRequest => ({
    method: 'POST',
    target: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: Buffer.from('Action=GetCallerIdentity&Version=2011-06-15'),
  })
  const signing = { service: 'sts' }

  it('is accepted as it was signed, and refused with another body, unsigned, half signed or late', async () => {
    const good = signed(cloud.url, call(), signing)
    expect((await send(cloud.url, good)).status).toBe(200)
    const other = { ...good, body: Buffer.from('Action=GetCallerIdentity&Version=2011-06-15&a') }
    expect(await send(cloud.url, other)).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' })
    expect(await send(cloud.url, call())).toMatchObject({ status: 403, code: 'MissingAuthenticationToken' })
    const half = call({ authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sts/aws4_request' })
    const answer = await send(cloud.url, half)
    expect(answer).toMatchObject({ status: 400, code: 'IncompleteSignature' })
    expect(answer.text).toContain("Authorization header requires 'Signature' parameter.")
    const late = await send(
      cloud.url,
      signed(cloud.url, call(), { ...signing, time: Date.now() - 16 * 60_000 }),
    )
    expect(late).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' })
    expect(late.text).toMatch(
      /Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min.\)/,
    )
  })
})

describe('with signatures unchecked', () => {
  const clock = createClock()
  let open: LocalCloud
  beforeAll(async () => {
    open = await startLocalCloud({ port: 0, clock })
    await send(open.url, { method: 'PUT', target: '/lago', headers: {}, body: empty })
    await send(open.url, { method: 'PUT', target: '/lago/k', headers: {}, body })
  })
  afterAll(() => open.close())

  const get = (target: string) => send(open.url, { method: 'GET', target, headers: {}, body: empty })

  it('presigned URLs bring headers along in their query, and are good for a week at most', async () => {
    const date = new Date(clock.now()).toISOString().replace(/[-:]|\.\d{3}/g, '')
    const scope = `test%2F${date.slice(0, 8)}%2Fus-east-1%2Fs3%2Faws4_request`
    const url = (expires: number) =>
      `/lago/llevado?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${scope}&X-Amz-Date=${date}&X-Amz-Expires=${expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=x`
    const carried = '&x-amz-meta-dato=a%C3%B1o&x-amz-tagging=a%3D1&x-amz-storage-class=STANDARD_IA'
    const put = { method: 'PUT', target: url(60) + carried, headers: {}, body }
    expect((await send(open.url, put)).status).toBe(200)
    const { headers } = await get('/lago/llevado')
    expect(headers).toMatchObject({
      'x-amz-meta-dato': '=?UTF-8?Q?a=C3=B1o?=',
      'x-amz-tagging-count': '1',
      'x-amz-storage-class': 'STANDARD_IA',
    })
    const named = await send(open.url, { ...put, headers: { 'x-amz-meta-dato': 'otro' } })
    expect(named.status).toBe(200)
    expect((await get('/lago/llevado')).headers['x-amz-meta-dato']).toBe('otro')
    expect(await get(url(-7))).toMatchObject({ status: 403, code: 'AccessDenied' })
    expect(await get(url(604_801))).toMatchObject({ status: 400, code: 'AuthorizationQueryParametersError' })
  })

  it('presigned URLs still expire, by either version', async () => {
    const date = new Date(clock.now()).toISOString().replace(/[-:]|\.\d{3}/g, '')
    const v4 = `/lago/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F${date.slice(0, 8)}%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=${date}&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=x`
    const v2 = `/lago/k?AWSAccessKeyId=test&Expires=${Math.floor(clock.now() / 1000) + 60}&Signature=x`
    expect((await get(v4)).status).toBe(200)
    expect((await get(v2)).status).toBe(200)
    clock.advance(62_000)
    for (const target of [v4, v2]) {
      const answer = await get(target)
      expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' })
      expect(answer.text).toMatch(/<Message>Request has expired<\/Message>.*<Expires>.*<ServerTime>/s)
    }
    expect((await get(v4)).text).toContain('<X-Amz-Expires>60</X-Amz-Expires>')
  })
})
