import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'

const account = 'arn:aws:iam::000000000000'
const test = { accessKeyId: 'test', secretAccessKey: 'test' }
let cloud: LocalCloud
let sts: STSClient
let iam: IAMClient

beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, enforceIam: false })
  sts = new STSClient(options(test))
  iam = new IAMClient(options(test))
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'lector',
      Path: '/equipo/',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      }),
    }),
  )
})
afterAll(() => cloud.close())

function options(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) {
  return { endpoint: cloud.url, region: 'us-east-1', credentials, maxAttempts: 1 }
}

function assume(more: object = {}) {
  const RoleArn = `${account}:role/equipo/lector`
  return sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'sesion', ...more }))
}

describe('a role that IAM has', () => {
  it('is assumed under its own id, whoever it trusts', async () => {
    const { AssumedRoleUser } = await assume()
    expect(AssumedRoleUser).toEqual({
      Arn: 'arn:aws:sts::000000000000:assumed-role/lector/sesion',
      AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:sesion$/),
    })
  })

  it('is not assumed for longer than it lets', async () => {
    await expect(assume({ DurationSeconds: 7200 })).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    })
  })

  it('is not assumed with a session policy that is none', async () => {
    await expect(assume({ Policy: '{}' })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'Syntax errors in policy.',
    })
  })
})

describe("a user's key", () => {
  it('is known as its user, and so are the sessions that it asks for', async () => {
    await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ana' }))
    const keys = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    }
    const own = new STSClient(options(keys))
    const identity = {
      Account: '000000000000',
      Arn: `${account}:user/ana`,
      UserId: expect.stringMatching(/^AIDA/),
    }
    expect(await own.send(new GetCallerIdentityCommand({}))).toMatchObject(identity)
    const { Credentials } = await own.send(new GetSessionTokenCommand({}))
    const session = new STSClient(
      options({
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      }),
    )
    expect(await session.send(new GetCallerIdentityCommand({}))).toMatchObject(identity)
  })
})
