import { join } from 'node:path'
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bundleFunction } from '../../src/course/functions/bundle-function.ts'
import { zipFunction } from '../../src/course/functions/zip-function.ts'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'

const account = 'arn:aws:iam::000000000000'
const logging = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'

let cloud: LocalCloud
let zip: Uint8Array
let s3: S3Client
let lambda: LambdaClient
let iam: IAMClient
let logs: CloudWatchLogsClient
let name: string
let count = 0

beforeAll(async () => {
  const packages = join(import.meta.dirname, '../../node_modules')
  const bundle = await bundleFunction({
    entry: 'index.ts',
    folder: join(import.meta.dirname, 'copier'),
    packages,
  })
  if (bundle.kind === 'refused') throw new Error(bundle.message)
  zip = zipFunction(bundle.files)
  cloud = await startLocalCloud({ port: 0, enforceIam: true })
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const options = { endpoint: cloud.url, region: 'us-east-1', credentials, maxAttempts: 1 }
  s3 = new S3Client({ ...options, forcePathStyle: true })
  lambda = new LambdaClient(options)
  iam = new IAMClient(options)
  logs = new CloudWatchLogsClient(options)
})
afterAll(() => cloud.close())
beforeEach(async () => {
  name = `permisos-${++count}`
  await s3.send(new CreateBucketCommand({ Bucket: name }))
})

/** Creates the copier with a role that has these statements, told of what is uploaded to `raw/`. */
async function connect(...statements: readonly object[]): Promise<void> {
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const document = (Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document([trust]) }))
  await iam.send(
    new PutRolePolicyCommand({ RoleName: name, PolicyName: 'p', PolicyDocument: document(statements) }),
  )
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: `${account}:role/${name}`,
      Code: { ZipFile: zip },
      Timeout: 30,
      MemorySize: 256,
    }),
  )
  const waiting = { client: lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.1 }
  await waitUntilFunctionActiveV2(waiting, { FunctionName: name })
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: name,
      StatementId: 's3',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: `arn:aws:s3:::${name}`,
      SourceAccount: '000000000000',
    }),
  )
  const Events = ['s3:ObjectCreated:*' as const]
  const Filter = { Key: { FilterRules: [{ Name: 'prefix' as const, Value: 'raw/' }] } }
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: name,
      NotificationConfiguration: {
        LambdaFunctionConfigurations: [{ LambdaFunctionArn: FunctionArn, Events, Filter }],
      },
    }),
  )
}

const reading = () => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${name}/raw/*` })
const writing = () => ({
  Effect: 'Allow',
  Action: 's3:PutObject',
  Resource: `arn:aws:s3:::${name}/processed/*`,
})

const put = () => s3.send(new PutObjectCommand({ Bucket: name, Key: 'raw/x', Body: 'hola' }))

async function groups(): Promise<(string | undefined)[]> {
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: `/aws/lambda/${name}` }),
  )
  return logGroups.map(each => each.logGroupName)
}

describe("a function's role", () => {
  it('with just what it needs does its work, and keeps a log', async () => {
    await connect(reading(), writing())
    await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: logging }))
    await put()
    await cloud.idle()
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: name, Key: 'processed/x' }))
    expect(await Body?.transformToString()).toBe('HOLA')
    expect(await groups()).toEqual([`/aws/lambda/${name}`])
  })

  it('that may not write makes the function fail with the words of AWS', async () => {
    await connect(reading())
    await put()
    await cloud.idle()
    const event = { Records: [{ s3: { bucket: { name }, object: { key: 'raw/x', sequencer: '0' } } }] }
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)) }),
    )
    expect(FunctionError).toBe('Unhandled')
    expect(JSON.parse(Payload?.transformToString() ?? '')).toMatchObject({
      errorType: 'AccessDenied',
      errorMessage: `User: arn:aws:sts::000000000000:assumed-role/${name}/${name} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${name}/processed/x" because no identity-based policy allows the s3:PutObject action`,
    })
  })

  it('that may not write its log has none', async () => {
    await connect(reading(), writing())
    await put()
    await cloud.idle()
    await s3.send(new GetObjectCommand({ Bucket: name, Key: 'processed/x' }))
    expect(await groups()).toEqual([])
  })
})
