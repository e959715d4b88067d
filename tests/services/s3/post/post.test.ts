import { createHmac } from 'node:crypto'
import {
  CreateBucketCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../../../src/local-cloud.ts'
import { type RawAnswer, send } from '../../../cloud/signatures/raw-client.ts'
import { environmentFor, installed, run } from '../others.ts'

let open: LocalCloud
let checked: LocalCloud
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const client = (cloud: LocalCloud) =>
  new S3Client({ endpoint: cloud.url, region: 'us-east-1', credentials, forcePathStyle: true })

beforeAll(async () => {
  open = await startLocalCloud({ port: 0 })
  checked = await startLocalCloud({ port: 0, verifySignatures: true })
  for (const cloud of [open, checked]) await client(cloud).send(new CreateBucketCommand({ Bucket: 'lago' }))
})
afterAll(() => Promise.all([open.close(), checked.close()]))

type Fields = Readonly<Record<string, string>>
const boundary = '----limite'

function part(name: string, content: string | Buffer, fileName?: string): Buffer {
  const file = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: text/plain`
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')])
}

/** Sends a form; fields come before the file. */
function post(
  cloud: LocalCloud,
  fields: Fields,
  file: string | Buffer | undefined = 'hola',
): Promise<RawAnswer> {
  const parts = Object.entries(fields).map(([name, value]) => part(name, value))
  if (file !== undefined) parts.push(part('file', file, 'C:\\fotos\\una flor.txt'))
  return postRaw(cloud, Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]))
}

function postRaw(cloud: LocalCloud, body: Buffer): Promise<RawAnswer> {
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  return send(cloud.url, { method: 'POST', target: '/lago', headers, body })
}

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString()

function encode(conditions: unknown, expiration: unknown = inAnHour()): string {
  return Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64')
}

/** Signs a policy by version 4; the fields of the signature are part of it. */
function signed(conditions: readonly unknown[], { secret = 'test', expiration = inAnHour() } = {}): Fields {
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '')
  const scope = [date.slice(0, 8), 'us-east-1', 's3', 'aws4_request']
  const own = {
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `test/${scope.join('/')}`,
    'x-amz-date': date,
  }
  const policy = encode(
    [...conditions, ...Object.entries(own).map(([name, value]) => ({ [name]: value }))],
    expiration,
  )
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text)
  const key = scope.reduce<string | Buffer>(
    (previous, each) => hmac(previous, each).digest(),
    `AWS4${secret}`,
  )
  return { ...own, policy, 'x-amz-signature': hmac(key, policy).digest('hex') }
}

function signed2(conditions: readonly unknown[], secret = 'test'): Fields {
  const policy = encode(conditions)
  return {
    AWSAccessKeyId: 'test',
    policy,
    signature: createHmac('sha1', secret).update(policy).digest('base64'),
  }
}

describe('a form that a browser posts to a bucket', () => {
  it('stores its file with what the fields say of it', async () => {
    const tagging = '<Tagging><TagSet><Tag><Key>a b</Key><Value>c=d</Value></Tag></TagSet></Tagging>'
    const fields = {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the variable is S3's
      key: 'subidas/ñ ${filename}',
      'Content-Type': 'text/x',
      'Cache-Control': 'no-cache',
      'x-amz-meta-uno': 'año',
      'x-amz-storage-class': 'STANDARD_IA',
      tagging,
    }
    const answer = await post(
      open,
      { ...fields, 'x-amz-checksum-crc32': 'uZxl6g==', 'x-ignore-me': 'x' },
      'hola\r\n--no',
    )
    expect(answer.code).toBe('BadDigest')
    const again = await post(open, fields, 'hola\r\n--no')
    expect(again).toMatchObject({ status: 204, text: '' })
    const object = { Bucket: 'lago', Key: 'subidas/ñ una flor.txt' }
    expect(again.headers.location).toBe(`${open.url}/lago/subidas/%C3%B1%20una%20flor.txt`)
    const got = await client(open).send(new GetObjectCommand(object))
    expect(got).toMatchObject({
      ContentType: 'text/x',
      CacheControl: 'no-cache',
      Metadata: { uno: '=?UTF-8?Q?a=C3=B1o?=' },
      StorageClass: 'STANDARD_IA',
      ETag: again.headers.etag,
    })
    expect(await got.Body?.transformToString()).toBe('hola\r\n--no')
    const { TagSet } = await client(open).send(new GetObjectTaggingCommand(object))
    expect(TagSet).toEqual([{ Key: 'a b', Value: 'c=d' }])
  })

  it('keeps user metadata as text: what looks like an RFC 2047 word stays as it is', async () => {
    const fields = {
      key: 'palabras',
      'x-amz-meta-q': '=?UTF-8?Q?actually-ascii?=',
      'x-amz-meta-b': '=?UTF-8?B?YWJj?=',
      'x-amz-meta-plain': 'ÄMÄZÕÑ S3',
      'x-amz-meta-control': '\u0000\u0001\u0002\u0003\u0004',
    }
    expect((await post(open, fields)).status).toBe(204)
    const { Metadata } = await client(open).send(new HeadObjectCommand({ Bucket: 'lago', Key: 'palabras' }))
    expect(Metadata).toEqual({
      q: '=?UTF-8?Q?actually-ascii?=',
      b: '=?UTF-8?B?YWJj?=',
      plain: '=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=',
      control: '=?UTF-8?B?AAECAwQ=?=',
    })
  })

  it('is answered as it asks', async () => {
    const key = 'a&b'
    expect((await post(open, { key, success_action_status: '200' })).status).toBe(200)
    expect((await post(open, { key, success_action_status: '404' })).status).toBe(204)
    const created = await post(open, { key, success_action_status: '201' })
    expect(created.status).toBe(201)
    expect(created.text).toContain(
      `<PostResponse><Location>${open.url}/lago/a%26b</Location><Bucket>lago</Bucket><Key>a&amp;b</Key><ETag>&quot;4d186321c1a7f0f354b297e8914ab240&quot;</ETag></PostResponse>`,
    )
    const moved = await post(open, { key, success_action_redirect: 'http://localhost:1/listo?x=1' })
    expect(moved.status).toBe(303)
    expect(moved.headers.location).toBe(
      'http://localhost:1/listo?x=1&bucket=lago&key=a%26b&etag=%224d186321c1a7f0f354b297e8914ab240%22',
    )
  })

  it('of 20 MB is stored piece by piece, and what comes after its file is ignored', async () => {
    const large = Buffer.alloc(20 * 1024 * 1024, 'abcdefg\r\n-')
    const body = Buffer.concat([
      part('key', 'grande'),
      part('file', large, 'f'),
      part('key', 'otra'),
      part('nada', 'x'),
      Buffer.from(`--${boundary}--\r\n`),
    ])
    expect((await postRaw(open, body)).status).toBe(204)
    const head = await client(open).send(new HeadObjectCommand({ Bucket: 'lago', Key: 'grande' }))
    expect(head.ContentLength).toBe(large.length)
  })

  const malformed: [what: string, send: () => Promise<RawAnswer>, code: string, message: string][] = [
    [
      'without a key',
      () => post(open, {}),
      'InvalidArgument',
      "Bucket POST must contain a field named 'key'.",
    ],
    [
      'without a file',
      () => postRaw(open, Buffer.concat([part('key', 'k'), Buffer.from(`--${boundary}--\r\n`)])),
      'IncorrectNumberOfFilesInPostRequest',
      'POST requires exactly one file upload per request.',
    ],
    [
      'that breaks off',
      () => postRaw(open, Buffer.concat([part('key', 'roto'), part('file', 'hola', 'f')])),
      'MalformedPOSTRequest',
      'The body of your POST request is not well-formed multipart/form-data.',
    ],
    [
      'with fields beyond 20 KB',
      () => post(open, { key: 'k', 'x-amz-meta-a': 'a'.repeat(21_000) }),
      'MaxPostPreDataLengthExceeded',
      'fields preceding the upload file were too large',
    ],
    [
      'with a signature of no policy',
      () => post(open, { key: 'k', AWSAccessKeyId: 'test', signature: 'x' }),
      'InvalidArgument',
      "Bucket POST must contain a field named 'policy'.",
    ],
    ['with tags that are no document', () => post(open, { key: 'k', tagging: 'a=b' }), 'MalformedXML', ''],
  ]
  it('with a policy that nobody signed is refused', async () => {
    const answer = await post(open, { key: 'k', policy: encode([]) })
    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' })
  })

  it.each<[string, unknown[]]>([
    ['no number', ['content-length-range', 'poco', '10']],
    ['no dollar sign', ['eq', 'key', 'k']],
  ])('never fulfils a condition with %s', async (_what, condition) => {
    const fields = {
      key: 'k',
      policy: encode([['eq', '$key', 'k'], condition]),
      AWSAccessKeyId: 'test',
      signature: 'x',
    }
    const answer = await post(open, fields)
    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' })
    const shown = `[${condition.map(each => JSON.stringify(each)).join(', ')}]`
    expect(answer.text.replaceAll('&quot;', '"')).toContain(`Policy Condition failed: ${shown}`)
  })

  it('must come as one', async () => {
    const headers = { 'content-type': 'text/html' }
    const answer = await fetch(`${open.url}/lago`, { method: 'POST', body: 'hola', headers })
    expect(answer.status).toBe(412)
    expect(await answer.text()).toContain(
      '<Condition>Bucket POST must be of the enclosure-type multipart/form-data</Condition>',
    )
  })

  it('whose file comes as a plain field leaves its name open', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the variable is S3's
    const key = 'sin-nombre-${filename}'
    const body = Buffer.concat([part('key', key), part('file', 'a'), Buffer.from(`--${boundary}--\r\n`)])
    expect((await postRaw(open, body)).status).toBe(204)
    expect((await client(open).send(new HeadObjectCommand({ Bucket: 'lago', Key: key }))).ContentLength).toBe(
      1,
    )
  })

  it.each(malformed)('%s is refused', async (_what, request, code, message) => {
    const answer = await request()
    expect(answer).toMatchObject({ status: 400, code })
    expect(answer.text.replaceAll('&apos;', "'")).toContain(message)
    const { Contents = [] } = await client(open).send(
      new ListObjectsV2Command({ Bucket: 'lago', Prefix: 'roto' }),
    )
    expect(Contents).toEqual([])
  })

  it('to a bucket that is not there is refused', async () => {
    const body = Buffer.concat([part('key', 'k'), part('file', 'x', 'f'), Buffer.from(`--${boundary}--\r\n`)])
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
    const answer = await send(open.url, { method: 'POST', target: '/nadie', headers, body })
    expect(answer).toMatchObject({ status: 404, code: 'NoSuchBucket' })
  })
})

describe('where permissions decide', () => {
  it('a form is sent by who signed its policy, and by nobody when nobody did', async () => {
    const cloud = await startLocalCloud({ port: 0, enforceIam: true, verifySignatures: true })
    try {
      await client(cloud).send(new CreateBucketCommand({ Bucket: 'lago' }))
      expect(await post(cloud, { key: 'k' })).toMatchObject({ status: 403, code: 'AccessDenied' })
      const own = signed([{ bucket: 'lago' }, { key: 'k' }])
      expect((await post(cloud, { key: 'k', ...own })).status).toBe(204)
    } finally {
      await cloud.close()
    }
  })
})

describe('the policy of a form', () => {
  const bucket = { bucket: 'lago' }
  const key = { key: 'k' }
  const allowed: [what: string, conditions: unknown[], fields: Fields][] = [
    ['names every field', [bucket, key], key],
    [
      'names the bucket by a condition',
      [
        ['eq', '$bucket', 'lago'],
        ['starts-with', '$key', ''],
      ],
      key,
    ],
    ['spells names and operators in any case', [bucket, ['StArTs-WiTh', '$KeY', 'k']], { kEy: 'k' }],
    ['says how large a file may be', [bucket, key, ['content-length-range', 4, 4]], key],
    [
      'allows lists of content types',
      [bucket, key, ['starts-with', '$Content-Type', 'image/']],
      { key: 'k', 'Content-Type': 'image/png, image/jpeg' },
    ],
    ['leaves fields to be ignored', [bucket, key], { key: 'k', 'x-ignore-this': 'x' }],
  ]
  it.each(allowed)('lets through what it allows when it %s', async (_what, conditions, fields) => {
    for (const own of [signed(conditions), signed2(conditions)])
      expect(await post(checked, { ...fields, ...own })).toMatchObject({ status: 204 })
  })

  const refused: [what: string, conditions: unknown[], fields: Fields, message: string][] = [
    ['another bucket', [{ bucket: 'otro' }, key], key, 'Policy Condition failed: ["eq", "$bucket", "otro"]'],
    [
      'another key',
      [bucket, ['starts-with', '$key', 'user/']],
      key,
      'Policy Condition failed: ["starts-with", "$key", "user/"]',
    ],
    [
      'another value',
      [bucket, key, { acl: 'private' }],
      { key: 'k', acl: 'public-read' },
      'Policy Condition failed: ["eq", "$acl", "private"]',
    ],
    [
      'a field that is missing',
      [bucket, key, ['starts-with', '$x-amz-meta-foo', 'bar']],
      key,
      'Policy Condition failed: ["starts-with", "$x-amz-meta-foo", "bar"]',
    ],
    ['a field more', [bucket, key], { key: 'k', submit: 'x' }, 'Extra input fields: submit'],
  ]
  it.each(refused)(
    'refuses %s, whether signatures are checked or not',
    async (_what, conditions, fields, fault) => {
      for (const cloud of [open, checked]) {
        const answer = await post(cloud, { ...fields, ...signed(conditions) })
        expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' })
        expect(answer.text.replaceAll('&quot;', '"')).toContain(`Invalid according to Policy: ${fault}`)
      }
    },
  )

  it('expires', async () => {
    const expiration = new Date(Date.now() - 1000).toISOString()
    const answer = await post(open, { key: 'k', ...signed([bucket, key], { expiration }) })
    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' })
    expect(answer.text).toContain('Invalid according to Policy: Policy expired.')
  })

  it('limits the size of the file', async () => {
    const large = await post(open, {
      key: 'g',
      ...signed([bucket, { key: 'g' }, ['content-length-range', 0, 3]]),
    })
    expect(large).toMatchObject({ status: 400, code: 'EntityTooLarge' })
    expect(large.text).toContain('<ProposedSize>4</ProposedSize><MaxSizeAllowed>3</MaxSizeAllowed>')
    const small = await post(open, {
      key: 'g',
      ...signed([bucket, { key: 'g' }, ['content-length-range', 5, 9]]),
    })
    expect(small).toMatchObject({ status: 400, code: 'EntityTooSmall' })
    expect(small.text).toContain('<ProposedSize>4</ProposedSize><MinSizeAllowed>5</MinSizeAllowed>')
    await expect(client(open).send(new HeadObjectCommand({ Bucket: 'lago', Key: 'g' }))).rejects.toThrow()
  })

  const invalid: [what: string, policy: string, message: string][] = [
    ['is no JSON', Buffer.from('{').toString('base64'), 'Invalid JSON'],
    ['never expires', encode([bucket], null), 'Policy missing expiration.'],
    ['expires at no time', encode([bucket], 'mañana'), "Invalid 'expiration' value"],
    ['has no conditions', encode(undefined), 'Policy missing conditions.'],
    ['has an empty condition', encode([{}]), 'Simple-Conditions must have exactly one property'],
    ['has a condition of another kind', encode([['ends-with', '$key', 'x']]), 'unknown operation'],
    ['has half a size', encode([['content-length-range', 1]]), 'expecting 3 elements'],
    ['has a size that is none', encode([['content-length-range', -1, 2]]), 'is no size'],
  ]
  it.each(invalid)('is refused when it %s', async (_what, policy, message) => {
    const answer = await post(open, { key: 'k', AWSAccessKeyId: 'test', policy, signature: 'x' })
    expect(answer).toMatchObject({ status: 400, code: 'InvalidPolicyDocument' })
    expect(answer.text.replaceAll('&apos;', "'")).toContain(message)
  })

  it('must be signed with the right secret where signatures are checked, and only there', async () => {
    const conditions = [bucket, key]
    for (const own of [signed(conditions, { secret: 'no' }), signed2(conditions, 'no')]) {
      expect(await post(checked, { ...key, ...own })).toMatchObject({
        status: 403,
        code: 'SignatureDoesNotMatch',
      })
      expect(await post(open, { ...key, ...own })).toMatchObject({ status: 204 })
    }
    expect(await post(checked, key)).toMatchObject({ status: 403, code: 'AccessDenied' })
    const other = { ...signed(conditions), policy: encode([bucket, ['starts-with', '$key', '']]) }
    expect(await post(checked, { ...key, ...other })).toMatchObject({ status: 403 })
  })
})

const boto3Program = `
import boto3, json, uuid, urllib.request, urllib.error
from botocore.config import Config
def send(post, data):
    edge = uuid.uuid4().hex
    parts = ''.join(f'--{edge}\\r\\nContent-Disposition: form-data; name="{k}"\\r\\n\\r\\n{v}\\r\\n' for k, v in post['fields'].items())
    parts += f'--{edge}\\r\\nContent-Disposition: form-data; name="file"; filename="f.txt"\\r\\n\\r\\n{data}\\r\\n--{edge}--\\r\\n'
    request = urllib.request.Request(post['url'], data=parts.encode(), method='POST', headers={'Content-Type': 'multipart/form-data; boundary=' + edge})
    try:
        return urllib.request.urlopen(request).status
    except urllib.error.HTTPError as error:
        return error.code
seen = []
temporary = boto3.client('sts').assume_role(RoleArn='arn:aws:iam::000000000000:role/r', RoleSessionName='ab')['Credentials']
names = {'aws_access_key_id': temporary['AccessKeyId'], 'aws_secret_access_key': temporary['SecretAccessKey'], 'aws_session_token': temporary['SessionToken']}
for version in ['s3v4', 's3']:
    for keys in [{}, names]:
        s3 = boto3.client('s3', config=Config(signature_version=version, s3={'addressing_style': 'path'}), **keys)
        post = s3.generate_presigned_post('lago', 'boto/\${filename}', Fields={'acl': 'bucket-owner-full-control'}, Conditions=[{'acl': 'bucket-owner-full-control'}, ['content-length-range', 1, 9]])
        seen.append([send(post, 'hola'), send(post, 'demasiado largo')])
        seen.append(s3.get_object(Bucket='lago', Key='boto/f.txt')['Body'].read().decode())
print(json.dumps(seen))
`

describe.skipIf(!installed.boto3)('generate_presigned_post of boto3', () => {
  it('is accepted, by either version, with keys and with sessions', async () => {
    const output = await run(
      { file: 'python3', arguments: ['-c', boto3Program] },
      environmentFor(checked.url),
    )
    const each = [[204, 400], 'hola']
    expect(JSON.parse(output)).toEqual([...each, ...each, ...each, ...each])
  }, 60_000)
})
