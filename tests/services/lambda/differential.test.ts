import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  LambdaClient,
  LambdaServiceException,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installed, startMoto } from '../s3/others.ts'
import { minimal, useLambda } from './lab.ts'

const lab = useLambda()
const arn = 'arn:aws:lambda:us-east-1:ACCOUNT:function:comparada'

/** The same calls for two clouds, with what of their answers both must give alike. */
const steps: readonly [string, (client: LambdaClient, account: string) => Promise<unknown>][] = [
  [
    'an unknown function is told in the same words',
    client => client.send(new GetFunctionConfigurationCommand({ FunctionName: 'comparada' })),
  ],
  [
    'a function is created alike',
    async (client, account) => {
      const Role = `arn:aws:iam::${account}:role/lambda-role`
      const made = await client.send(
        new CreateFunctionCommand({ ...minimal('comparada'), Role, Tags: { equipo: 'datos' } }),
      )
      const { FunctionName, FunctionArn, Runtime, Handler, MemorySize, Timeout, CodeSize, CodeSha256 } = made
      const { Version, Description, PackageType, EphemeralStorage, Architectures } = made
      return {
        ...{ FunctionName, FunctionArn, Runtime, Handler, MemorySize, Timeout, CodeSize, CodeSha256 },
        ...{ Version, Description, PackageType, EphemeralStorage, Architectures },
      }
    },
  ],
  [
    'a name is taken once',
    (client, account) =>
      client.send(
        new CreateFunctionCommand({
          ...minimal('comparada'),
          Role: `arn:aws:iam::${account}:role/lambda-role`,
        }),
      ),
  ],
  [
    'settings are changed alike',
    async client => {
      await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'comparada' }))
      const { MemorySize, Timeout, Environment, Description } = await client.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: 'comparada',
          MemorySize: 256,
          Environment: { Variables: { MODO: 'b' } },
          Description: 'otra',
        }),
      )
      return { MemorySize, Timeout, Environment, Description }
    },
  ],
  [
    'a version is published alike',
    async client => {
      await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'comparada' }))
      const { Version, FunctionArn } = await client.send(
        new PublishVersionCommand({ FunctionName: 'comparada' }),
      )
      return { Version, FunctionArn }
    },
  ],
  [
    'versions are listed alike',
    async client => {
      const { Versions } = await client.send(new ListVersionsByFunctionCommand({ FunctionName: 'comparada' }))
      return Versions?.map(({ Version, FunctionArn }) => ({ Version, FunctionArn }))
    },
  ],
  [
    'an alias is created and found alike',
    async client => {
      const input = { FunctionName: 'comparada', Name: 'prod' }
      await client.send(new CreateAliasCommand({ ...input, FunctionVersion: '1', Description: 'd' }))
      const { Name, FunctionVersion, AliasArn, Description } = await client.send(new GetAliasCommand(input))
      return { Name, FunctionVersion, AliasArn, Description }
    },
  ],
  [
    'an alias that is gone is not found',
    async client => {
      const input = { FunctionName: 'comparada', Name: 'prod' }
      await client.send(new DeleteAliasCommand(input))
      return client.send(new GetAliasCommand(input)).catch(error => String(error.name))
    },
  ],
  [
    'a permission is written alike',
    async client => {
      await client.send(
        new AddPermissionCommand({
          FunctionName: 'comparada',
          StatementId: 's3',
          Action: 'lambda:InvokeFunction',
          Principal: 's3.amazonaws.com',
          SourceArn: 'arn:aws:s3:::datalake',
        }),
      )
      const { Policy = '{}' } = await client.send(new GetPolicyCommand({ FunctionName: 'comparada' }))
      return JSON.parse(Policy).Statement
    },
  ],
  [
    'tags are kept alike',
    async (client, account) => {
      const Resource = arn.replace('ACCOUNT', account)
      await client.send(new TagResourceCommand({ Resource, Tags: { a: '1', b: '2' } }))
      await client.send(new UntagResourceCommand({ Resource, TagKeys: ['a'] }))
      return (await client.send(new ListTagsCommand({ Resource }))).Tags
    },
  ],
  [
    'concurrency is reserved alike',
    async client => {
      const { ReservedConcurrentExecutions } = await client.send(
        new PutFunctionConcurrencyCommand({ FunctionName: 'comparada', ReservedConcurrentExecutions: 5 }),
      )
      return ReservedConcurrentExecutions
    },
  ],
  [
    'a permission is taken back',
    async client => {
      const input = { FunctionName: 'comparada', StatementId: 's3' }
      await client.send(new RemovePermissionCommand(input))
      return 'removed'
    },
  ],
  [
    'a function is deleted',
    async client => {
      const { $metadata } = await client.send(new DeleteFunctionCommand({ FunctionName: 'comparada' }))
      return $metadata.httpStatusCode
    },
  ],
]

async function outcomeOf(work: Promise<unknown>, account: string): Promise<unknown> {
  const outcome = await work.catch((error: unknown) => {
    if (!(error instanceof LambdaServiceException)) throw error
    return `${error.name} ${error.$metadata.httpStatusCode} ${error.message}`
  })
  return JSON.parse(JSON.stringify(outcome ?? null).replaceAll(account, 'ACCOUNT'))
}

// One story, told to both: each step goes on where the one before ended.
describe.skipIf(!installed.moto)('compared with moto', { shuffle: false }, () => {
  let moto: Awaited<ReturnType<typeof startMoto>>
  let other: LambdaClient
  const motoAccount = '123456789012'
  beforeAll(async () => {
    moto = await startMoto()
    const options = {
      endpoint: moto.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }
    other = new LambdaClient(options)
    const iam = new IAMClient(options)
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'lambda-role',
        AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
      }),
    )
    iam.destroy()
  })
  afterAll(async () => {
    other.destroy()
    await moto.stop()
  })

  it.each(steps)('%s', async (_what, step) => {
    const ours = await outcomeOf(step(lab.lambda, '000000000000'), '000000000000')
    const theirs = await outcomeOf(step(other, motoAccount), motoAccount)
    expect(ours).toEqual(theirs)
  })
})
