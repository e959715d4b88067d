import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cloud, startCloud } from '../../../src/cloud/cloud.ts'
import { iam } from '../../../src/services/iam/index.ts'
import { defineLambda } from '../../../src/services/lambda/index.ts'
import { sts } from '../../../src/services/sts/index.ts'
import { createFakeRuntime } from './fake-runtime.ts'
import { minimal } from './lab.ts'

interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

const root: Keys = { accessKeyId: 'test', secretAccessKey: 'test' }
const account = 'arn:aws:iam::000000000000'
let cloud: Cloud

beforeAll(async () => {
  const services = [iam, sts, defineLambda(() => createFakeRuntime())]
  cloud = await startCloud(services, { port: 0, enforceIam: true })
  await createRole('de-lambda', { Service: 'lambda.amazonaws.com' })
})
afterAll(() => cloud.close())

function options(credentials: Keys) {
  return { endpoint: cloud.url, region: 'us-east-1', credentials, maxAttempts: 1 }
}
const lambda = (keys = root) => new LambdaClient(options(keys))

async function createRole(RoleName: string, Principal: object): Promise<void> {
  await new IAMClient(options(root)).send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' },
      }),
    }),
  )
}

async function sessionOf(RoleName: string, ...statements: readonly object[]): Promise<Keys> {
  await createRole(RoleName, { AWS: '000000000000' })
  if (statements.length > 0) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements })
    await new IAMClient(options(root)).send(
      new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }),
    )
  }
  const { Credentials } = await new STSClient(options(root)).send(
    new AssumeRoleCommand({ RoleArn: `${account}:role/${RoleName}`, RoleSessionName: 'sesion' }),
  )
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
}

const create = (FunctionName: string, Role: string, keys?: Keys) =>
  lambda(keys).send(new CreateFunctionCommand({ ...minimal(FunctionName), Role }))

describe('where permissions decide', () => {
  it("a function's role must be there and trust Lambda", async () => {
    await createRole('de-otros', { Service: 'ec2.amazonaws.com' })
    for (const name of ['nadie', 'de-otros']) {
      await expect(create('f0', `${account}:role/${name}`)).rejects.toMatchObject({
        name: 'InvalidParameterValueException',
        message: 'The role defined for the function cannot be assumed by Lambda.',
      })
    }
    await create('f0', `${account}:role/de-lambda`)
  })

  it('who gives a function its role must be allowed to pass it', async () => {
    const all = { Effect: 'Allow', Action: 'lambda:*', Resource: '*' }
    const session = await sessionOf('creador', all)
    await expect(create('f1', `${account}:role/de-lambda`, session)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::000000000000:assumed-role/creador/sesion is not authorized to perform: iam:PassRole on resource: ${account}:role/de-lambda because no identity-based policy allows the iam:PassRole action`,
      $metadata: { httpStatusCode: 403 },
    })
    const passing = await sessionOf('pasador', all, {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: `${account}:role/de-lambda`,
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    })
    await create('f1', `${account}:role/de-lambda`, passing)
  })

  it("a function is invoked by whom its own policy or the caller's lets", async () => {
    await create('f2', `${account}:role/de-lambda`)
    await waitUntilFunctionActiveV2({ client: lambda(), maxWaitTime: 10 }, { FunctionName: 'f2' })
    const invoke = (keys: Keys) => lambda(keys).send(new InvokeCommand({ FunctionName: 'f2' }))
    const session = await sessionOf('llamador')
    await expect(invoke(session)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::000000000000:assumed-role/llamador/sesion is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:000000000000:function:f2 because no identity-based policy allows the lambda:InvokeFunction action',
    })
    await lambda().send(
      new AddPermissionCommand({
        FunctionName: 'f2',
        StatementId: 's',
        Action: 'lambda:InvokeFunction',
        Principal: `${account}:role/llamador`,
      }),
    )
    expect((await invoke(session)).StatusCode).toBe(200)
  })
})
