import { request } from 'node:http'
import { connect } from 'node:net'
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  GetFunctionCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import type { RequestLine } from '../../../src/cloud/timeline.ts'
import { minimal } from '../../services/lambda/lab.ts'
import { presigned } from '../signatures/raw-client.ts'
import { awslocal, type Caller, type HintLab, useHints } from './lab.ts'

function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

const trustAccount = policy({ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' })

/** Sends a request as it is, and gives its status. */
function send(
  { cloud }: HintLab,
  path: string,
  options: { readonly method?: string; readonly headers?: Record<string, string> } = {},
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: cloud.port, path, ...options }, answer => {
      answer.resume().once('end', () => resolve(answer.statusCode))
    })
    sent.once('error', reject).end()
  })
}

describe('what no service had a word on', () => {
  const lab = useHints()

  it('a foreign name for this machine', async () => {
    expect(await lab.lineOf(send(lab, '/datos/a.csv', { headers: { host: 'nube:4566' } }))).toMatchObject({
      service: 'http',
      operation: 'GET',
      resource: 'datos/a.csv',
      status: 403,
      hint: { id: 'cloud.foreign-host', facts: { host: 'nube' } },
    })
  })

  it('a page of another site', async () => {
    const headers = { origin: 'https://otra.example', 'x-amz-target': 'Logs_20140328.DescribeLogGroups' }
    expect(await lab.lineOf(send(lab, '/', { method: 'POST', headers }))).toMatchObject({
      service: 'http',
      status: 403,
      hint: { id: 'cloud.foreign-origin', facts: { origin: 'https://otra.example' } },
    })
  })

  it('a service that this cloud does not have', async () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=test/20261123/us-east-1/glue/aws4_request, SignedHeaders=host, Signature=0'
    const headers = { authorization, 'x-amz-target': 'AWSGlue.GetTables' }
    expect(await lab.lineOf(send(lab, '/', { method: 'POST', headers }))).toMatchObject({
      service: 'glue',
      operation: 'GetTables',
      status: 501,
      hint: { id: 'cloud.absent-service', facts: { service: 'glue' } },
    })
  })

  it('an operation that this cloud does not have, and one that nobody has', async () => {
    expect(await lab.lineOf(send(lab, '/bucket?metadataTable'))).toMatchObject({
      operation: 'GetBucketMetadataTableConfiguration',
      status: 501,
      hint: {
        id: 'cloud.absent-operation',
        facts: { service: 's3', operation: 'GetBucketMetadataTableConfiguration' },
      },
    })
    const headers = { 'x-amz-target': 'Logs_20140328.HazAlgo' }
    expect(await lab.lineOf(send(lab, '/', { method: 'POST', headers }))).toMatchObject({
      service: 'logs',
      operation: 'HazAlgo',
      status: 404,
    })
  })

  it.each([
    ['GET /b/k HTTP/1.1\r\nmal formada\r\n\r\n', { operation: 'GET', resource: 'b/k', status: 400 }],
    ['hola\r\n\r\n', { operation: '?', resource: 'hola', status: 400 }],
    [`GET /b HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(70_000)}\r\n\r\n`, { service: 'http', status: 431 }],
    [`GET /${'x'.repeat(17_000)} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`, { status: 414 }],
  ])('bytes that are no request, or too many: %#', async (bytes, line) => {
    const socket = connect(lab.cloud.port, '127.0.0.1')
    const closed = new Promise(resolve => socket.once('close', resolve))
    socket.resume().write(bytes)
    expect(await lab.lineOf(closed)).toMatchObject({ service: 'http', ...line })
  })

  it('a client that leaves before its answer, and one that leaves while it uploads', async () => {
    await lab.bucketWith()
    const head = 'PUT /pistas-1-lago/a HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n'
    const socket = connect(lab.cloud.port, '127.0.0.1')
    const closed = new Promise(resolve => socket.once('close', resolve))
    socket.write(`${head}mitad`, () => socket.destroy())
    const line = await lab.lineOf(closed)
    expect(line).toMatchObject({ operation: 'PutObject', status: 499, brokeOff: true })
    expect([line.error, line.hint]).toEqual([undefined, undefined])
  })

  it("nothing of the cloud's own pages is told", async () => {
    const before = lab.lines.length
    for (const path of ['/_taller/timeline', '/_taller/clock', '/_localstack/health'])
      expect(await send(lab, path)).toBe(200)
    expect(lab.lines.length).toBe(before)
  })
})

describe('permissions', () => {
  const lab = useHints({ enforceIam: true })
  const RoleName = 'lector'
  const role = `arn:aws:iam::000000000000:role/${RoleName}`

  /** Keys of a session of a role with a policy. */
  async function sessionWith(PolicyDocument: string): Promise<Caller> {
    const { iam, sts } = lab.clients()
    await iam
      .send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustAccount }))
      .catch(error => expect(error.name).toBe('EntityAlreadyExistsException'))
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }))
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'sesion' }),
    )
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  }

  it('the action that is missing, as the statement that would give it', async () => {
    const Bucket = await lab.bucketWith()
    const keys = await sessionWith(policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }))
    const { s3 } = lab.clients(keys)
    const Resource = `arn:aws:s3:::${Bucket}/raw/x.csv`
    expect(await lab.hintOf(s3.send(new PutObjectCommand({ Bucket, Key: 'raw/x.csv', Body: 'x' })))).toEqual({
      id: 'iam.missing-allow',
      facts: {
        identity: role,
        where: 'identity-based policy',
        statement: JSON.stringify({ Effect: 'Allow', Action: 's3:PutObject', Resource }),
      },
      command:
        `${awslocal(lab)} iam simulate-principal-policy --policy-source-arn ${role} ` +
        `--action-names s3:PutObject --resource-arns ${Resource}`,
    })
    const { iam } = lab.clients(keys)
    const created = new CreateRoleCommand({ RoleName: 'otro', AssumeRolePolicyDocument: trustAccount })
    const hint = await lab.hintOf(iam.send(created))
    expect(JSON.parse(hint?.facts.statement ?? '')).toEqual({
      Effect: 'Allow',
      Action: 'iam:CreateRole',
      Resource: 'arn:aws:iam::000000000000:role/otro',
    })
  })

  it('an explicit deny, which no Allow beats', async () => {
    const Bucket = await lab.bucketWith('a')
    const keys = await sessionWith(
      policy(
        { Effect: 'Allow', Action: 's3:*', Resource: '*' },
        { Effect: 'Deny', Action: 's3:GetObject', Resource: '*' },
      ),
    )
    const get = lab.clients(keys).s3.send(new GetObjectCommand({ Bucket, Key: 'a' }))
    expect(await lab.hintOf(get)).toMatchObject({
      id: 'iam.explicit-deny',
      facts: { action: 's3:GetObject', resource: `arn:aws:s3:::${Bucket}/a`, where: 'identity-based policy' },
    })
  })

  it('a role whose trust policy does not name who wants to be it', async () => {
    const keys = await sessionWith(policy({ Effect: 'Allow', Action: '*', Resource: '*' }))
    await lab.clients().iam.send(
      new CreateRoleCommand({
        RoleName: 'solo-lambda',
        AssumeRolePolicyDocument: policy({
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
      }),
    )
    const RoleArn = 'arn:aws:iam::000000000000:role/solo-lambda'
    const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'sesion' })
    expect(await lab.hintOf(lab.clients(keys).sts.send(assume))).toMatchObject({
      id: 'iam.untrusted-caller',
      facts: { role: 'solo-lambda', caller: role },
    })
  })

  it('no credentials, keys that nobody has, and keys that are no longer good', async () => {
    const Bucket = await lab.bucketWith('a')
    expect(await lab.hintOf(send(lab, `/${Bucket}/a`))).toMatchObject({ id: 'credentials.none', facts: {} })
    const accessKeyId = `LKIA${'A'.repeat(16)}`
    const unknown = lab.clients({ accessKeyId }).s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }))
    expect(await lab.hintOf(unknown)).toMatchObject({ id: 'credentials.unknown-key', facts: { accessKeyId } })
    const keys = await sessionWith(policy({ Effect: 'Allow', Action: '*', Resource: '*' }))
    lab.clock.advance(3_601_000)
    const late = lab.clients(keys).s3.send(new GetObjectCommand({ Bucket, Key: 'a' }))
    expect((await lab.hintOf(late))?.id).toBe('credentials.expired')
  })
})

describe('signatures', () => {
  const lab = useHints({ verifySignatures: true })

  it('a secret that is not `test`', async () => {
    const { s3 } = lab.clients({ accessKeyId: 'mia', secretAccessKey: 'otro' })
    const get = s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }))
    expect(await lab.hintOf(get)).toEqual({ id: 'signature.wrong-secret', facts: { accessKeyId: 'mia' } })
  })

  it('a secret that is not the one that was issued', async () => {
    const { iam } = lab.clients()
    await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ana' }))
    const accessKeyId = AccessKey?.AccessKeyId ?? ''
    const { s3 } = lab.clients({ accessKeyId, secretAccessKey: 'otro' })
    expect(await lab.hintOf(s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })))).toEqual({
      id: 'signature.not-the-issued-secret',
      facts: { accessKeyId },
    })
  })
})

describe('signatures of URLs and of another time', () => {
  // The clock is moved.
  const lab = useHints({ verifySignatures: true })

  it('a URL that was signed for something else, one after its time, one of another region', async () => {
    const Bucket = await lab.bucketWith('a')
    const url = lab.cloud.url + presigned(lab.cloud.url, 'GET', `/${Bucket}/a`)
    expect(await lab.hintOf(fetch(url, { method: 'PUT', body: 'x' }))).toMatchObject({
      id: 'signature.presigned-mismatch',
    })
    const { s3: elsewhere } = lab.clients({ region: 'eu-west-1' })
    expect(await lab.hintOf(elsewhere.send(new GetObjectCommand({ Bucket, Key: 'a' })))).toMatchObject({
      id: 'signature.wrong-region',
      facts: { signed: 'eu-west-1', region: 'us-east-1' },
    })
    lab.clock.advance(61_000)
    expect(await lab.hintOf(fetch(url))).toMatchObject({
      id: 'signature.expired-url',
      facts: { expired: expect.stringMatching(/Z$/), now: expect.stringMatching(/Z$/) },
    })
    lab.clock.advance(16 * 60_000)
    const call = lab
      .clients()
      .iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: '{}' }))
    expect((await lab.hintOf(call))?.id).toBe('signature.clock-skew')
  })
})

describe('the resource of a line', () => {
  const lab = useHints()

  it.each([
    ['PUT', '/lago', {}, 'lago'],
    ['GET', '/lago/', {}, 'lago'],
    ['GET', '/', { host: 'lago.s3.localhost' }, 'lago'],
    ['HEAD', '/lago/raw/a%20b.csv', {}, 'lago/raw/a%20b.csv'],
    ['HEAD', '/raw/a%20b.csv', { host: 'lago.s3.localhost' }, 'lago/raw/a%20b.csv'],
    ['GET', '/lago?list-type=2&prefix=raw/', {}, 'lago/raw/'],
    ['GET', '/lago?versioning', {}, 'lago'],
  ])('%s %s %j: %s', async (method, path, headers, resource) => {
    expect(await lab.lineOf(send(lab, path, { method, headers }))).toMatchObject({ service: 's3', resource })
  })
})

describe('lines of what is no call of an API', () => {
  const lab = useHints()

  it("a browser's form is told by the key that it names", async () => {
    const bucket = await lab.bucketWith()
    const form = new FormData()
    form.set('key', 'subidas/a b.txt')
    form.set('file', new Blob(['hola']))
    const posted = fetch(`${lab.cloud.url}/${bucket}`, { method: 'POST', body: form })
    expect(await lab.lineOf(posted)).toMatchObject({
      service: 's3',
      operation: 'PostObject',
      resource: `${bucket}/subidas/a%20b.txt`,
      status: 204,
    })
  })

  it('a function URL is told by its function, with the invocation under it; its zip as a log would', async () => {
    const { lambda } = lab.clients()
    const FunctionName = 'con-url'
    await lambda.send(new CreateFunctionCommand(minimal(FunctionName)))
    const waiting = { client: lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.1 }
    await waitUntilFunctionActiveV2(waiting, { FunctionName })
    const url = new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' })
    const { FunctionUrl = '' } = await lambda.send(url)
    const [id] = new URL(FunctionUrl).hostname.split('.')
    const isUrl = ({ operation }: RequestLine): boolean => operation === 'InvokeFunctionUrl'
    expect(await lab.lineOf(send(lab, `/_lambda-url/${id}/`), isUrl)).toMatchObject({
      service: 'lambda',
      resource: FunctionName,
      status: 403,
      error: { code: 'AccessDeniedException' },
    })
    const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName }))
    const { pathname } = new URL(Code?.Location ?? '')
    expect(await lab.lineOf(send(lab, pathname))).toMatchObject({
      service: 'lambda',
      operation: 'REST.GET.OBJECT',
      status: 200,
    })
  })
})

describe('the control plane', () => {
  const lab = useHints({ wordHint: ({ id, facts }) => `${id}: ${facts.existing}` })

  it('gives the timeline of one service, since a time, with the words of its hints', async () => {
    const Bucket = await lab.bucketWith('raw/a.csv')
    const ask = async (query: string) => {
      const answer = await fetch(`${lab.cloud.url}/_taller/timeline${query}`)
      return (await answer.json()) as { now: number; requests: RequestLine[]; error?: string }
    }
    await lab.hintOf(lab.clients().s3.send(new GetObjectCommand({ Bucket, Key: 'RAW/a.csv' })))
    const all = await ask('')
    expect(all.requests.map(({ operation }) => operation)).toEqual(['CreateBucket', 'PutObject', 'GetObject'])
    expect(all.requests.at(-1)?.hint?.text).toBe('s3.key-case: raw/a.csv')
    expect((await ask('?service=iam')).requests).toEqual([])
    lab.clock.advance(1000)
    const { now } = await ask('')
    await send(lab, '/ninguno')
    const since = await ask(`?since=${now}&service=s3`)
    expect(since.requests.map(({ resource }) => resource)).toEqual(['ninguno'])
    expect((await ask('?since=ayer')).error).toContain('milliseconds')
  })
})
