import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '../../../src/core/clock.ts'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'

let cloud: LocalCloud
const clock = createClock()

beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, clock })
})
afterAll(() => cloud.close())

function client(credentials: {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}): STSClient {
  return new STSClient({ endpoint: cloud.url, region: 'us-east-1', credentials, maxAttempts: 1 })
}

const test = { accessKeyId: 'test', secretAccessKey: 'test' }
const roleArn = 'arn:aws:iam::123456789012:role/equipo/lambda-role'

function credentialsOf(output: {
  Credentials?:
    | {
        AccessKeyId?: string | undefined
        SecretAccessKey?: string | undefined
        SessionToken?: string | undefined
      }
    | undefined
}) {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = output.Credentials ?? {}
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
}

describe('GetCallerIdentity', () => {
  it.each([
    ['test', '000000000000'],
    ['123456789012', '123456789012'],
    ['AKIAIOSFODNN7EXAMPLE', '000000000000'],
  ])('key %s is the root of account %s', async (accessKeyId, account) => {
    const identity = await client({ accessKeyId, secretAccessKey: 'x' }).send(
      new GetCallerIdentityCommand({}),
    )
    expect(identity).toMatchObject({ Account: account, UserId: account, Arn: `arn:aws:iam::${account}:root` })
  })
})

describe('AssumeRole', () => {
  it("gives credentials of the role's account, whoever asks", async () => {
    const output = await client(test).send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'ana@taller' }),
    )
    expect(output.AssumedRoleUser?.Arn).toBe('arn:aws:sts::123456789012:assumed-role/lambda-role/ana@taller')
    expect(output.AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA[A-Z0-9]{17}:ana@taller$/)
    const identity = await client(credentialsOf(output)).send(new GetCallerIdentityCommand({}))
    expect(identity).toMatchObject({
      Account: '123456789012',
      Arn: output.AssumedRoleUser?.Arn,
      UserId: output.AssumedRoleUser?.AssumedRoleId,
    })
  })

  const refused: [string, object, string][] = [
    [
      'no role',
      { RoleArn: 'x', RoleSessionName: 'abc' },
      "Value 'x' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
    ],
    [
      'something else than a role',
      { RoleArn: 'arn:aws:s3:::cubo-de-datos-x', RoleSessionName: 'abc' },
      'is invalid',
    ],
    [
      'a session name with blanks',
      { RoleArn: roleArn, RoleSessionName: 'a b' },
      'Member must satisfy regular expression pattern: [\\w+=,.@-]*',
    ],
    [
      'too short a time',
      { RoleArn: roleArn, RoleSessionName: 'abc', DurationSeconds: 899 },
      'Member must have value greater than or equal to 900',
    ],
    [
      'too long a time',
      { RoleArn: roleArn, RoleSessionName: 'abc', DurationSeconds: 43_201 },
      'Member must have value less than or equal to 43200',
    ],
  ]
  it.each(refused)('refuses %s', async (_what, input, message) => {
    const command = new AssumeRoleCommand(input as { RoleArn: string; RoleSessionName: string })
    await expect(client(test).send(command)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    })
  })
})

describe('temporary credentials', () => {
  it('act as their account until they expire', async () => {
    const output = await client({ accessKeyId: '210987654321', secretAccessKey: 'x' }).send(
      new GetSessionTokenCommand({ DurationSeconds: 900 }),
    )
    const session = client(credentialsOf(output))
    expect(await session.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '210987654321' })
    expect(Number(output.Credentials?.Expiration) - clock.now()).toBeLessThanOrEqual(900_000)
    clock.advance(901_000)
    await expect(session.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
    })
  })

  it('of an unknown token decide by their key alone', async () => {
    const credentials = {
      accessKeyId: '333333333333',
      secretAccessKey: 'x',
      sessionToken: Buffer.from('{"arn":1}').toString('base64'),
    }
    expect(await client(credentials).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '333333333333',
    })
  })
})
