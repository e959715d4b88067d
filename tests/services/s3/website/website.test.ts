import { request } from 'node:http'
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketWebsiteCommand,
  DeletePublicAccessBlockCommand,
  GetBucketWebsiteCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  S3Client,
  type WebsiteConfiguration,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { startLocalCloud } from '../../../../src/local-cloud.ts'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()
const plain: WebsiteConfiguration = {
  IndexDocument: { Suffix: 'index.html' },
  ErrorDocument: { Key: 'errores/404.html' },
}
const put = (Bucket: string, WebsiteConfiguration: WebsiteConfiguration) =>
  lab.s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }))

interface Got {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** Visits a page under a name that need not resolve. */
function visit(
  Bucket: string,
  path: string,
  { url = lab.cloud.url, method = 'GET', headers = {}, zone = 's3-website' } = {},
): Promise<Got> {
  const host = `${Bucket}.${zone}.localhost:4566`
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { method, headers: { ...headers, host } }, response => {
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
    sent.end()
  })
}

async function site(configuration: WebsiteConfiguration = plain): Promise<string> {
  const Bucket = await lab.newBucket()
  await put(Bucket, configuration)
  const page = { Bucket, ContentType: 'text/html' }
  await lab.s3.send(new PutObjectCommand({ ...page, Key: 'index.html', Body: 'portada' }))
  await lab.s3.send(new PutObjectCommand({ ...page, Key: 'docs/index.html', Body: 'docs' }))
  await lab.s3.send(new PutObjectCommand({ ...page, Key: 'docs/año.html', Body: 'año' }))
  return Bucket
}

describe('the website configuration', () => {
  it('is put, read as it was, and deleted', async () => {
    const Bucket = await lab.newBucket()
    const get = () => lab.s3.send(new GetBucketWebsiteCommand({ Bucket }))
    const none = {
      code: 'NoSuchWebsiteConfiguration',
      status: 404,
      message: 'The specified bucket does not have a website configuration',
    }
    expect(await failureOf(get())).toMatchObject(none)
    const whole: WebsiteConfiguration = {
      ...plain,
      RoutingRules: [
        { Condition: { KeyPrefixEquals: 'viejo/' }, Redirect: { ReplaceKeyPrefixWith: 'nuevo/' } },
      ],
    }
    await put(Bucket, whole)
    expect(await get()).toMatchObject(whole)
    await lab.s3.send(new DeleteBucketWebsiteCommand({ Bucket }))
    expect(await failureOf(get())).toMatchObject(none)
  })

  const rules = (rule: object) => ({ ...plain, RoutingRules: [{ Redirect: { HostName: 'a' }, ...rule }] })
  it.each<[string, object, string, string?]>([
    [
      'nothing',
      {},
      'InvalidArgument',
      'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
    ],
    [
      'a path for an index',
      { IndexDocument: { Suffix: 'a/b' } },
      'InvalidArgument',
      'The IndexDocument Suffix is not well formed',
    ],
    [
      'a redirection and an index',
      { ...plain, RedirectAllRequestsTo: { HostName: 'a.es' } },
      'InvalidArgument',
      'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.',
    ],
    [
      'an odd protocol',
      { RedirectAllRequestsTo: { HostName: 'a.es', Protocol: 'ftp' } },
      'InvalidRequest',
      'Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.',
    ],
    [
      'two replacements',
      rules({ Redirect: { ReplaceKeyWith: 'a', ReplaceKeyPrefixWith: 'b' } }),
      'InvalidRequest',
      'You can only define ReplaceKeyPrefix or ReplaceKey but not both.',
    ],
    [
      'an odd code',
      rules({ Redirect: { HostName: 'a', HttpRedirectCode: '200' } }),
      'InvalidRequest',
      'The provided HTTP redirect code (200) is not valid. Valid codes are 3XX except 300.',
    ],
    [
      'an odd error',
      rules({ Condition: { HttpErrorCodeReturnedEquals: '200' } }),
      'InvalidRequest',
      'The provided HTTP error code (200) is not valid. Valid codes are 4XX or 5XX.',
    ],
  ])('is refused with %s', async (_what, configuration, code, message) => {
    const failure = await failureOf(put(await lab.newBucket(), configuration as WebsiteConfiguration))
    expect(failure).toMatchObject({ code, status: 400, ...(message && { message }) })
  })
})

describe('a website', () => {
  it('shows its pages, and an index for a folder', async () => {
    const Bucket = await site()
    expect(await visit(Bucket, '/')).toMatchObject({
      status: 200,
      text: 'portada',
      headers: { 'content-type': 'text/html', 'content-length': '7' },
    })
    expect(await visit(Bucket, '/docs/')).toMatchObject({ status: 200, text: 'docs' })
    expect(await visit(Bucket, '/docs')).toMatchObject({ status: 302, headers: { location: '/docs/' } })
    expect(await visit(Bucket, '/docs/a%C3%B1o.html')).toMatchObject({ status: 200, text: 'año' })
    expect(await visit(Bucket, '/', { zone: 's3-website-eu-west-1' })).toMatchObject({ text: 'portada' })
  })

  it('answers HEAD, ranges and conditions', async () => {
    const Bucket = await site()
    const head = await visit(Bucket, '/', { method: 'HEAD' })
    expect(head).toMatchObject({ status: 200, text: '', headers: { 'content-length': '7' } })
    expect(await visit(Bucket, '/', { headers: { range: 'bytes=0-2' } })).toMatchObject({
      status: 206,
      text: 'por',
      headers: { 'content-range': 'bytes 0-2/7' },
    })
    const same = { 'if-none-match': String(head.headers.etag) }
    expect(await visit(Bucket, '/', { headers: same })).toMatchObject({ status: 304, text: '' })
  })

  it('shows errors in HTML, or its own page for them', async () => {
    const Bucket = await site()
    const bare = await visit(Bucket, '/<no>')
    expect(bare).toMatchObject({ status: 404, headers: { 'x-amz-error-code': 'NoSuchKey' } })
    expect(bare.text).toContain('<li>Code: NoSuchKey</li>')
    expect(bare.text).toContain('An Error Occurred While Attempting to Retrieve a Custom Error Document')
    expect(bare.text).not.toContain('<no>')
    await lab.s3.send(
      new PutObjectCommand({ Bucket, Key: 'errores/404.html', Body: 'no está', ContentType: 'text/html' }),
    )
    expect(await visit(Bucket, '/nada')).toMatchObject({ status: 404, text: 'no está' })
    expect(await visit(Bucket, '/', { method: 'PUT' })).toMatchObject({ status: 405 })
    expect((await visit('no-hay', '/')).text).toContain('<li>Code: NoSuchBucket</li>')
    expect((await visit(await lab.newBucket(), '/')).text).toContain(
      '<li>Code: NoSuchWebsiteConfiguration</li>',
    )
  })

  it('redirects by its rules', async () => {
    const Bucket = await site({
      ...plain,
      RoutingRules: [
        { Condition: { KeyPrefixEquals: 'viejo/' }, Redirect: { ReplaceKeyPrefixWith: 'nuevo/' } },
        {
          Condition: { HttpErrorCodeReturnedEquals: '404', KeyPrefixEquals: 'docs/' },
          Redirect: {
            ReplaceKeyWith: 'docs/',
            HostName: 'otra.es',
            Protocol: 'https',
            HttpRedirectCode: '307',
          },
        },
      ],
    })
    expect(await visit(Bucket, '/viejo/a')).toMatchObject({
      status: 301,
      headers: { location: `http://${Bucket}.s3-website.localhost:4566/nuevo/a` },
    })
    expect(await visit(Bucket, '/docs/nada')).toMatchObject({
      status: 307,
      headers: { location: 'https://otra.es/docs/' },
    })
    expect((await visit(Bucket, '/nada')).status).toBe(404)
  })

  it('to a host whose name no header can hold goes percent-encoded', async () => {
    const Bucket = await site({ RedirectAllRequestsTo: { HostName: 'año\r\n.es' } })
    expect(await visit(Bucket, '/a')).toMatchObject({
      status: 301,
      headers: { location: 'http://a%C3%B1o%0D%0A.es/a' },
    })
  })

  it('may only redirect, and an object may', async () => {
    const Bucket = await site({ RedirectAllRequestsTo: { HostName: 'otra.es', Protocol: 'https' } })
    expect(await visit(Bucket, '/a/b?c=d')).toMatchObject({
      status: 301,
      headers: { location: 'https://otra.es/a/b?c=d' },
    })
    await put(Bucket, plain)
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', WebsiteRedirectLocation: '/docs/' }))
    expect(await visit(Bucket, '/k')).toMatchObject({ status: 301, headers: { location: '/docs/' } })
  })
})

it('where permissions decide, a website shows what its policy or an ACL gives to everybody', async () => {
  const cloud = await startLocalCloud({ port: 0, enforceIam: true })
  const own = new S3Client({
    endpoint: cloud.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
  })
  try {
    const Bucket = 'sitio'
    await own.send(new CreateBucketCommand({ Bucket }))
    await own.send(new DeletePublicAccessBlockCommand({ Bucket }))
    await own.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: plain }))
    await own.send(new PutObjectCommand({ Bucket, Key: 'index.html', Body: 'portada' }))
    expect(await visit(Bucket, '/', { url: cloud.url })).toMatchObject({ status: 403 })
    const Statement = [
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
    ]
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
    await own.send(new PutBucketPolicyCommand({ Bucket, Policy }))
    expect(await visit(Bucket, '/', { url: cloud.url })).toMatchObject({ status: 200, text: 'portada' })
    await own.send(new DeleteBucketPolicyCommand({ Bucket }))
    const Rules = [{ ObjectOwnership: 'ObjectWriter' as const }]
    await own.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }))
    expect(await visit(Bucket, '/', { url: cloud.url })).toMatchObject({ status: 403 })
    await own.send(new PutObjectAclCommand({ Bucket, Key: 'index.html', ACL: 'public-read' }))
    expect(await visit(Bucket, '/', { url: cloud.url })).toMatchObject({ status: 200, text: 'portada' })
  } finally {
    own.destroy()
    await cloud.close()
  }
})
