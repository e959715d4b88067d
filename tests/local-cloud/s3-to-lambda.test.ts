import { join } from 'node:path'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionRecursionConfigCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  PutFunctionRecursionConfigCommand,
  RemovePermissionCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bundleFunction } from '../../src/course/functions/bundle-function.ts'
import { zipFunction } from '../../src/course/functions/zip-function.ts'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'

const otherAccount = '111111111111'

let cloud: LocalCloud
let zip: Uint8Array
let clients: ReturnType<typeof clientsOf>
let count = 0
let Bucket: string
let FunctionName: string

beforeAll(async () => {
  const packages = join(import.meta.dirname, '../../node_modules')
  const folder = join(import.meta.dirname, 'copier')
  const bundle = await bundleFunction({ entry: 'index.ts', folder, packages })
  if (bundle.kind === 'refused') throw new Error(bundle.message)
  zip = zipFunction(bundle.files)
  cloud = await startLocalCloud({ port: 0 })
  clients = clientsOf('test')
})
afterAll(() => cloud.close())

/** Clients of one account. */
function clientsOf(accessKeyId: string) {
  const credentials = { accessKeyId, secretAccessKey: 'test' }
  const options = { endpoint: cloud.url, region: 'us-east-1', credentials, maxAttempts: 1 }
  return {
    s3: new S3Client({ ...options, forcePathStyle: true }),
    lambda: new LambdaClient(options),
    logs: new CloudWatchLogsClient(options),
  }
}

/** Creates the copier and a bucket that may tell it of uploads, in accounts that may differ. */
async function connect(owner = clients, { permitted = true, accountId = '000000000000' } = {}) {
  const Role = `arn:aws:iam::${accountId}:role/lambda-role`
  const { FunctionArn = '' } = await owner.lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role,
      Code: { ZipFile: zip },
      Timeout: 30,
      MemorySize: 256,
    }),
  )
  const waiting = { client: owner.lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.1 }
  await waitUntilFunctionActiveV2(waiting, { FunctionName })
  if (permitted) await permit(owner)
  return FunctionArn
}

const permit = (owner = clients) =>
  owner.lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 's3',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: `arn:aws:s3:::${Bucket}`,
      SourceAccount: '000000000000',
    }),
  )

function notify(LambdaFunctionArn: string): Promise<unknown> {
  const FilterRules = [
    { Name: 'prefix' as const, Value: 'raw/' },
    { Name: 'suffix' as const, Value: '.csv' },
  ]
  const Events = ['s3:ObjectCreated:*' as const]
  const one = { LambdaFunctionArn, Events, Filter: { Key: { FilterRules } } }
  const NotificationConfiguration = { LambdaFunctionConfigurations: [one] }
  return clients.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }))
}

const put = (Key: string, Body = 'a,b\n1,x\n') => clients.s3.send(new PutObjectCommand({ Bucket, Key, Body }))

async function read(Key: string): Promise<string | undefined> {
  const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket, Key }))
  return Body?.transformToString()
}

async function processed(): Promise<string[]> {
  const list = new ListObjectsV2Command({ Bucket, Prefix: 'processed/' })
  const { Contents = [] } = await clients.s3.send(list)
  return Contents.map(({ Key = '' }) => Key)
}

/** What the copier logged that holds a word. */
async function logged(filterPattern: string, owner = clients): Promise<string[]> {
  const logGroupName = `/aws/lambda/${FunctionName}`
  const { events = [] } = await owner.logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern }))
  return events.map(({ message = '' }) => message)
}

async function timeline(): Promise<Record<string, unknown>[]> {
  const answer = await fetch(`${cloud.url}/_taller/timeline`)
  const { requests } = (await answer.json()) as { requests: Record<string, unknown>[] }
  return requests.filter(({ operation }) => operation === FunctionName)
}

beforeEach(async () => {
  Bucket = `lago-${++count}`
  FunctionName = `copia-${count}`
  await clients.s3.send(new CreateBucketCommand({ Bucket }))
})

describe('an upload', () => {
  it('runs the function, which writes its result and its log', async () => {
    await notify(await connect())
    await put('raw/año 2024/ventas + ñ.csv')
    await put('raw/ventas.txt')
    await put('otro/ventas.csv')
    await cloud.idle()
    expect(await processed()).toEqual(['processed/año 2024/ventas + ñ.csv'])
    expect(await read('processed/año 2024/ventas + ñ.csv')).toBe('A,B\n1,X\n')
    expect(await logged('escrito')).toEqual([
      expect.stringContaining('INFO\tescrito processed/año 2024/ventas + ñ.csv'),
    ])
    expect(await logged('REPORT')).toHaveLength(1)
    expect(await timeline()).toEqual([
      expect.objectContaining({
        service: 'lambda',
        resource: expect.stringContaining(`${Bucket}/raw/año 2024/ventas + ñ.csv`),
        status: 200,
      }),
    ])
  })

  it('is told of by its version', async () => {
    const VersioningConfiguration = { Status: 'Enabled' as const }
    await clients.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))
    await notify(await connect())
    await put('raw/a.csv', 'uno')
    await put('raw/a.csv', 'dos')
    await cloud.idle()
    expect(await logged('escrito')).toHaveLength(2)
    expect(await read('processed/a.csv')).toBe('DOS')
  })

  it('of 200 at once gives 200 results: none lost, none twice', async () => {
    await notify(await connect())
    const keys = Array.from({ length: 200 }, (_, index) => `lote ${index}.csv`)
    await Promise.all(keys.map((key, index) => put(`raw/${key}`, `x${index}`)))
    await cloud.idle()
    expect(new Set(await processed())).toEqual(new Set(keys.map(key => `processed/${key}`)))
    const lines = await logged('escrito')
    expect(lines).toHaveLength(200)
    const sequencers = new Set(lines.map(line => line.trim().split(' ').at(-1)))
    expect(sequencers.size).toBe(200)
    expect(await read('processed/lote 137.csv')).toBe('X137')
  }, 60_000)

  it('waits for room where the function may not run at will', async () => {
    await notify(await connect())
    const ReservedConcurrentExecutions = 2
    await clients.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
    )
    const keys = Array.from({ length: 20 }, (_, index) => `${index}.csv`)
    await Promise.all(keys.map(key => put(`raw/${key}`)))
    await expect.poll(async () => (await processed()).length, { timeout: 30_000 }).toBe(20)
    expect(await logged('escrito')).toHaveLength(20)
  }, 60_000)
})

describe('a function that fails', () => {
  it('is told the same thing twice more, later', async () => {
    await notify(await connect())
    await put('raw/mal.csv', 'falla')
    await cloud.idle()
    expect(await logged('escrito')).toHaveLength(1)
    await cloud.advanceClock(60_000)
    await cloud.idle()
    expect(await logged('escrito')).toHaveLength(2)
    await cloud.advanceClock(120_000)
    await cloud.idle()
    await cloud.advanceClock(6 * 3_600_000)
    await cloud.idle()
    const lines = await logged('escrito')
    expect(lines).toHaveLength(3)
    expect(new Set(lines.map(line => line.trim().split(' ').at(-1))).size).toBe(1)
    expect(await processed()).toEqual(['processed/mal.csv'])
    expect(await logged('RangeError')).toHaveLength(3)
  })
})

describe('a function that may not be invoked', () => {
  it('cannot be configured', async () => {
    const arn = await connect(clients, { permitted: false })
    await expect(notify(arn)).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'Unable to validate the following destination configurations',
      ArgumentName1: `${arn}, null`,
      ArgumentValue1: `Not authorized to invoke function [${arn}]`,
    })
    await permit()
    await notify(arn)
  })

  it('any more, or that is gone, hears nothing, and the timeline says so', async () => {
    await notify(await connect())
    await clients.lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: 's3' }))
    await put('raw/a.csv')
    await cloud.idle()
    await clients.lambda.send(new DeleteFunctionCommand({ FunctionName }))
    await put('raw/b.csv')
    await cloud.idle()
    expect(await processed()).toEqual([])
    const lost = (key: string, status: number) =>
      expect.objectContaining({ resource: expect.stringContaining(`${Bucket}/raw/${key}`), status })
    expect(await timeline()).toEqual([lost('a.csv', 403), lost('b.csv', 404)])
  })
})

describe('a function that causes its own invocations', () => {
  const everything = async (LambdaFunctionArn: string): Promise<void> => {
    const one = { LambdaFunctionArn, Events: ['s3:ObjectCreated:*' as const] }
    const NotificationConfiguration = { LambdaFunctionConfigurations: [one] }
    await clients.s3.send(
      new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }),
    )
  }

  it('is stopped after 16 of them, which the timeline shows', async () => {
    await everything(await connect())
    await put('raw/a.csv')
    await cloud.idle()
    // The first invocation was caused by somebody else.
    expect(await logged('escrito')).toHaveLength(17)
    const [stopped, ...others] = (await timeline()).filter(({ status }) => status !== 200)
    expect(others).toEqual([])
    const resource = expect.stringContaining(`${Bucket}/processed/a.csv`)
    expect(stopped).toMatchObject({ status: 508, resource })
  })

  it('goes on where that is wanted', async () => {
    await everything(await connect())
    const asked = await clients.lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName }))
    expect(asked.RecursiveLoop).toBe('Terminate')
    await clients.lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop: 'Allow' }))
    await put('raw/a.csv')
    await expect.poll(async () => (await logged('escrito')).length, { timeout: 30_000 }).toBeGreaterThan(20)
    await clients.lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: 's3' }))
    await cloud.idle()
  })
})

it('a function of another account hears of the bucket that its policy names', async () => {
  const others = clientsOf(otherAccount)
  const arn = await connect(others, { accountId: otherAccount })
  expect(arn).toContain(otherAccount)
  await notify(arn)
  await put('raw/a.csv')
  await cloud.idle()
  expect(await logged('REPORT', others)).toHaveLength(1)
  // Buckets' names are everybody's, and where permissions do not decide it may read the object as well.
  expect(await logged('escrito', others)).toHaveLength(1)
})
