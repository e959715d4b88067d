import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetAccountSummaryCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  ListRolesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createClock } from '../../src/core/clock.ts'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'

interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

const root: Keys = { accessKeyId: 'test', secretAccessKey: 'test' }
const accountId = '000000000000'
const clock = createClock()
let cloud: LocalCloud

beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, enforceIam: true, clock })
  await s3().send(new CreateBucketCommand({ Bucket: 'lago' }))
})
afterAll(() => cloud.close())

function options(credentials: Keys) {
  return { endpoint: cloud.url, region: 'us-east-1', credentials, maxAttempts: 1 }
}
const s3 = (keys = root) => new S3Client({ ...options(keys), forcePathStyle: true })
const iam = (keys = root) => new IAMClient(options(keys))
const sts = (keys = root) => new STSClient(options(keys))
const logs = (keys = root) => new CloudWatchLogsClient(options(keys))

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

function allowing(Action: string | string[], Resource: string | string[] = '*', more: object = {}): string {
  return policy({ Effect: 'Allow', Action, Resource, ...more })
}

const trustAccount = policy({ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' })
let count = 0

/** Keys of a session of a new role with the given inline policy. */
async function sessionWith(document?: string, request: object = {}): Promise<Keys & { role: string }> {
  const role = `rol-${count++}`
  await iam().send(new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: trustAccount }))
  if (document !== undefined) {
    await iam().send(new PutRolePolicyCommand({ RoleName: role, PolicyName: 'p', PolicyDocument: document }))
  }
  const { Credentials } = await sts().send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${accountId}:role/${role}`,
      RoleSessionName: 'sesion',
      ...request,
    }),
  )
  return {
    role,
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
}

function sessionArn(role: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/${role}/sesion`
}

const put = (Key: string) => new PutObjectCommand({ Bucket: 'lago', Key, Body: 'hola' })
const get = (Key: string) => new GetObjectCommand({ Bucket: 'lago', Key })

describe("a role's calls", () => {
  beforeEach(() => s3().send(put('raw/x')))

  it('are refused without a policy, in S3 with its words and status', async () => {
    const session = await sessionWith()
    await expect(s3(session).send(put('k'))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${sessionArn(session.role)} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::lago/k" because no identity-based policy allows the s3:PutObject action`,
      $metadata: { httpStatusCode: 403 },
    })
    await expect(s3(session).send(new ListBucketsCommand({}))).rejects.toMatchObject({
      message: `User: ${sessionArn(session.role)} is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action`,
    })
  })

  it('are let through as far as its policy goes', async () => {
    const session = await sessionWith(
      policy(
        { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::lago/raw/*' },
        { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::lago/processed/*' },
      ),
    )
    const client = s3(session)
    await client.send(get('raw/x'))
    await client.send(new HeadObjectCommand({ Bucket: 'lago', Key: 'raw/x' }))
    await client.send(put('processed/x'))
    await expect(client.send(get('processed/x'))).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(client.send(put('raw/x'))).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(
      client.send(new HeadObjectCommand({ Bucket: 'lago', Key: 'processed/x' })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } })
  })

  it('copy only what they may read to where they may write', async () => {
    const session = await sessionWith(
      policy(
        { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::lago/copia' },
        { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::lago/raw/con blanco' },
      ),
    )
    await s3().send(put('raw/con blanco'))
    const copy = (CopySource: string) =>
      s3(session).send(new CopyObjectCommand({ Bucket: 'lago', Key: 'copia', CopySource }))
    await copy('lago/raw/con%20blanco')
    await expect(copy('lago/raw/x')).rejects.toMatchObject({
      message: expect.stringContaining('s3:GetObject on resource: "arn:aws:s3:::lago/raw/x"'),
    })
  })

  it('list only below the prefix that a condition names', async () => {
    const session = await sessionWith(
      allowing('s3:ListBucket', 'arn:aws:s3:::lago', { Condition: { StringLike: { 's3:prefix': 'raw/*' } } }),
    )
    const list = (Prefix?: string) => s3(session).send(new ListObjectsV2Command({ Bucket: 'lago', Prefix }))
    expect((await list('raw/')).Contents?.length).toBeGreaterThan(0)
    await expect(list()).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  it('learn that an object is not there only if they may list', async () => {
    const reader = await sessionWith(allowing('s3:GetObject', 'arn:aws:s3:::lago/*'))
    await expect(s3(reader).send(get('nada'))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('s3:ListBucket on resource: "arn:aws:s3:::lago"'),
    })
    const lister = await sessionWith(allowing(['s3:GetObject', 's3:ListBucket']))
    await expect(s3(lister).send(get('nada'))).rejects.toMatchObject({ name: 'NoSuchKey' })
  })

  it('delete each key that they may, and no other', async () => {
    const session = await sessionWith(allowing('s3:DeleteObject', 'arn:aws:s3:::lago/raw/*'))
    await s3().send(put('fijo'))
    const { Deleted, Errors } = await s3(session).send(
      new DeleteObjectsCommand({ Bucket: 'lago', Delete: { Objects: [{ Key: 'raw/x' }, { Key: 'fijo' }] } }),
    )
    expect(Deleted).toMatchObject([{ Key: 'raw/x' }])
    expect(Errors).toMatchObject([
      { Key: 'fijo', Code: 'AccessDenied', Message: expect.stringContaining('s3:DeleteObject') },
    ])
    await s3().send(get('fijo'))
  })

  it('are refused by a Deny, a boundary or a session policy, and told by which', async () => {
    const denied = await sessionWith(
      policy(
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 's3:Put*', Resource: '*' },
      ),
    )
    await expect(s3(denied).send(put('k'))).rejects.toMatchObject({
      message: expect.stringContaining('with an explicit deny in an identity-based policy'),
    })
    const bounded = await sessionWith(allowing('*'))
    await iam().send(
      new PutRolePermissionsBoundaryCommand({
        RoleName: bounded.role,
        PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
      }),
    )
    await s3(bounded).send(get('raw/x'))
    await expect(s3(bounded).send(put('k'))).rejects.toMatchObject({
      message: expect.stringContaining('because no permissions boundary allows the s3:PutObject action'),
    })
    const narrowed = await sessionWith(allowing('*'), { Policy: allowing('s3:GetObject') })
    await s3(narrowed).send(get('raw/x'))
    await expect(s3(narrowed).send(put('k'))).rejects.toMatchObject({
      message: expect.stringContaining('because no session policy allows the s3:PutObject action'),
    })
  })

  it('follow managed policies that are attached while the session lasts', async () => {
    const session = await sessionWith()
    await expect(s3(session).send(get('raw/x'))).rejects.toMatchObject({ name: 'AccessDenied' })
    const PolicyArn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'
    await iam().send(new AttachRolePolicyCommand({ RoleName: session.role, PolicyArn }))
    await s3(session).send(get('raw/x'))
  })

  it('are refused by Logs and IAM in their words', async () => {
    const session = await sessionWith(
      allowing('logs:CreateLogGroup', `arn:aws:logs:us-east-1:${accountId}:*`),
    )
    await logs(session).send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/f' }))
    const event = {
      logGroupName: '/aws/lambda/f',
      logStreamName: 's',
      logEvents: [{ timestamp: 1, message: 'x' }],
    }
    await expect(logs(session).send(new PutLogEventsCommand(event))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${sessionArn(session.role)} is not authorized to perform: logs:PutLogEvents on resource: arn:aws:logs:us-east-1:${accountId}:log-group:/aws/lambda/f:log-stream:s because no identity-based policy allows the logs:PutLogEvents action`,
      $metadata: { httpStatusCode: 400 },
    })
    await expect(iam(session).send(new GetRoleCommand({ RoleName: session.role }))).rejects.toMatchObject({
      Code: 'AccessDenied',
      message: `User: ${sessionArn(session.role)} is not authorized to perform: iam:GetRole on resource: role ${session.role} because no identity-based policy allows the iam:GetRole action`,
      $metadata: { httpStatusCode: 403 },
    })
  })
})

describe('a refusal by IAM', () => {
  it.each([
    [new ListRolesCommand({}), `iam:ListRoles on resource: arn:aws:iam::${accountId}:role/ because`],
    [
      new CreateRoleCommand({ RoleName: 'n', Path: '/x/', AssumeRolePolicyDocument: trustAccount }),
      `iam:CreateRole on resource: arn:aws:iam::${accountId}:role/x/n because`,
    ],
    [
      new CreatePolicyCommand({ PolicyName: 'n', PolicyDocument: allowing('*') }),
      'iam:CreatePolicy on resource: policy n because',
    ],
    [new GetUserCommand({ UserName: 'n' }), 'iam:GetUser on resource: user n because'],
    [new GetAccountSummaryCommand({}), 'iam:GetAccountSummary on resource: * because'],
  ])('names what was asked for, as IAM does', async (command, words) => {
    const session = await sessionWith()
    await expect(iam(session).send(command as ListRolesCommand)).rejects.toMatchObject({
      message: expect.stringContaining(words),
    })
  })
})

describe('a presigned URL', () => {
  it('may what the session may that signed it', async () => {
    const session = await sessionWith(allowing('s3:GetObject', 'arn:aws:s3:::lago/raw/*'))
    await s3().send(put('raw/x'))
    expect((await fetch(presigned('raw/x', session))).status).toBe(200)
    expect((await fetch(presigned('fijo', session))).status).toBe(403)
  })
})

/** What a presigner makes; this cloud does not check the signature. */
function presigned(key: string, { accessKeyId, sessionToken = '' }: Keys): string {
  const date = new Date(clock.now()).toISOString().replace(/[-:]|\.\d+/g, '')
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${accessKeyId}/${date.slice(0, 8)}/us-east-1/s3/aws4_request`,
    'X-Amz-Date': date,
    'X-Amz-Expires': '60',
    'X-Amz-Security-Token': sessionToken,
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': '0',
  })
  return `${cloud.url}/lago/${key}?${query}`
}

describe("a user's key", () => {
  it("may what the user's policies say, with the user's name in their variables", async () => {
    await iam().send(new CreateUserCommand({ UserName: 'ana' }))
    // biome-ignore lint/suspicious/noTemplateCurlyInString: policy variables are written so
    const PolicyDocument = allowing(['s3:PutObject'], 'arn:aws:s3:::lago/casa/${aws:username}/*')
    await iam().send(new PutUserPolicyCommand({ UserName: 'ana', PolicyName: 'casa', PolicyDocument }))
    const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName: 'ana' }))
    const keys = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    }
    const arn = `arn:aws:iam::${accountId}:user/ana`
    expect((await sts(keys).send(new GetCallerIdentityCommand({}))).Arn).toBe(arn)
    await s3(keys).send(put('casa/ana/x'))
    await expect(s3(keys).send(put('casa/eva/x'))).rejects.toMatchObject({
      message: expect.stringContaining(`User: ${arn} is not authorized`),
    })
    const { Credentials } = await sts(keys).send(new GetSessionTokenCommand({}))
    const session = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }
    await s3(session).send(put('casa/ana/y'))
    await expect(s3(session).send(put('casa/eva/y'))).rejects.toMatchObject({ name: 'AccessDenied' })
    const inactive = { UserName: 'ana', AccessKeyId: keys.accessKeyId, Status: 'Inactive' as const }
    await iam().send(new UpdateAccessKeyCommand(inactive))
    await expect(s3(keys).send(put('casa/ana/x'))).rejects.toMatchObject({
      name: 'InvalidAccessKeyId',
      $metadata: { httpStatusCode: 403 },
    })
  })
})

describe('credentials', () => {
  it('of nobody that this cloud knows are the root of their account', async () => {
    for (const accessKeyId of ['test', 'AKIAIOSFODNN7EXAMPLE', accountId])
      await s3({ accessKeyId, secretAccessKey: 'x' }).send(put('k'))
  })

  it('of a session do not become more by leaving its token out', async () => {
    const { accessKeyId, secretAccessKey } = await sessionWith()
    await expect(s3({ accessKeyId, secretAccessKey }).send(put('k'))).rejects.toMatchObject({
      name: 'InvalidAccessKeyId',
    })
    await expect(
      logs({ accessKeyId, secretAccessKey }).send(new CreateLogGroupCommand({ logGroupName: 'g' })),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
  })

  it('of a session are known by their seal: nobody can make a token, or use it with another key', async () => {
    const session = await sessionWith()
    const other = await sessionWith(allowing('*'))
    const admin = {
      arn: `arn:aws:iam::${accountId}:root`,
      userId: accountId,
      expiresAt: Date.now() + 900_000,
    }
    const text = Buffer.from(JSON.stringify(admin))
    const sealed = Buffer.from(session.sessionToken ?? '', 'base64')
    const forged = [
      text,
      Buffer.concat([sealed.subarray(0, 32), text]),
      Buffer.from(sealed.map((byte, index) => (index === sealed.length - 1 ? byte ^ 1 : byte))),
      sealed.subarray(0, 32),
    ].map(bytes => bytes.toString('base64'))
    for (const sessionToken of [...forged, other.sessionToken ?? '']) {
      await expect(s3({ ...session, sessionToken }).send(put('k'))).rejects.toMatchObject({
        name: 'InvalidToken',
        message: 'The provided token is malformed or otherwise invalid.',
        $metadata: { httpStatusCode: 400 },
      })
      await expect(
        logs({ ...session, sessionToken }).send(new CreateLogGroupCommand({ logGroupName: 'g' })),
      ).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
    }
  })

  it('must be shown', async () => {
    const answer = await fetch(`${cloud.url}/lago/k`)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('<Code>AccessDenied</Code><Message>Access Denied</Message>')
  })

  it('expire', async () => {
    const session = await sessionWith(allowing('*'), { DurationSeconds: 900 })
    await s3(session).send(put('k'))
    clock.advance(901_000)
    await expect(s3(session).send(put('k'))).rejects.toMatchObject({
      name: 'ExpiredToken',
      $metadata: { httpStatusCode: 400 },
    })
  })
})

describe('AssumeRole', () => {
  const assume = (role: string, keys?: Keys) =>
    sts(keys).send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${accountId}:role/${role}`, RoleSessionName: 'sesion' }),
    )

  it('is refused for a role that is not there, or that does not trust the caller', async () => {
    const refused = (role: string, arn = `arn:aws:iam::${accountId}:root`) => ({
      Code: 'AccessDenied',
      message: `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${accountId}:role/${role}`,
    })
    await expect(assume('nadie')).rejects.toMatchObject(refused('nadie'))
    const AssumeRolePolicyDocument = policy({
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    })
    await iam().send(new CreateRoleCommand({ RoleName: 'de-lambda', AssumeRolePolicyDocument }))
    await expect(assume('de-lambda')).rejects.toMatchObject(refused('de-lambda'))
    const session = await sessionWith()
    await expect(assume(session.role, session)).rejects.toMatchObject(
      refused(session.role, sessionArn(session.role)),
    )
  })

  it('needs the own policies as well when only the account is trusted', async () => {
    const session = await sessionWith(allowing('sts:AssumeRole'))
    const { AssumedRoleUser } = await assume(session.role, session)
    expect(AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA[A-Z2-7]{17}:sesion$/)
  })
})

describe('a role of another account', () => {
  const other = { accessKeyId: '222222222222', secretAccessKey: 'x' }
  const RoleArn = 'arn:aws:iam::222222222222:role/ajeno'
  const assume = (keys: Keys) => sts(keys).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'sesion' }))

  it('is assumed only when both accounts let, and then acts in its own', async () => {
    await iam(other).send(
      new CreateRoleCommand({ RoleName: 'ajeno', AssumeRolePolicyDocument: trustAccount }),
    )
    await iam(other).send(
      new PutRolePolicyCommand({ RoleName: 'ajeno', PolicyName: 'p', PolicyDocument: allowing('s3:*') }),
    )
    await expect(assume(await sessionWith())).rejects.toMatchObject({ Code: 'AccessDenied' })
    const third = { accessKeyId: '333333333333', secretAccessKey: 'x' }
    await expect(assume(third)).rejects.toMatchObject({ Code: 'AccessDenied' })
    const { Credentials } = await assume(await sessionWith(allowing('sts:AssumeRole', RoleArn)))
    const keys = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }
    await s3(keys).send(new CreateBucketCommand({ Bucket: 'lago-ajeno' }))
    expect((await s3(other).send(new ListBucketsCommand({}))).Buckets).toMatchObject([{ Name: 'lago-ajeno' }])
    expect((await sts(keys).send(new GetCallerIdentityCommand({}))).Account).toBe('222222222222')
  })
})

describe('without enforcement', () => {
  it('nothing is refused', async () => {
    const open = await startLocalCloud({ port: 0, enforceIam: false })
    try {
      const client = new STSClient({ ...options(root), endpoint: open.url })
      const { Credentials } = await client.send(
        new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${accountId}:role/nadie`, RoleSessionName: 'sesion' }),
      )
      const keys = {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      }
      await new S3Client({ ...options(keys), endpoint: open.url, forcePathStyle: true }).send(
        new CreateBucketCommand({ Bucket: 'abierto' }),
      )
    } finally {
      await open.close()
    }
  })
})
