import {
  CreateLogGroupCommand,
  DeleteSubscriptionFilterCommand,
  DescribeSubscriptionFiltersCommand,
  FilterLogEventsCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsFrom, type LogsLab, startLogsLab } from './lab.ts'

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:oyente'

/** Prints what it is told, the messages shortened. */
const handler = `
const { gunzipSync } = require('node:zlib')
exports.handler = async event => {
  const batch = JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')))
  for (const event of batch.logEvents) event.message = event.message.slice(0, 10)
  console.log('OIDO ' + JSON.stringify(batch))
}
`

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const lambda = new LambdaClient({ endpoint: lab.cloud.url, region: 'us-east-1', credentials })
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'oyente',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/lambda-role',
      Code: { ZipFile: zipSync({ 'index.js': strToU8(handler) }) },
    }),
  )
  await waitUntilFunctionActiveV2(
    { client: lambda, maxWaitTime: 30, minDelay: 0.02 },
    { FunctionName: 'oyente' },
  )
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: 'oyente',
      StatementId: 'logs',
      Action: 'lambda:InvokeFunction',
      Principal: 'logs.us-east-1.amazonaws.com',
      SourceArn: 'arn:aws:logs:us-east-1:000000000000:log-group:/prueba/*:*',
    }),
  )
  lambda.destroy()
})
afterAll(() => lab.close())

const put = (logGroupName: string, input: object = {}) =>
  lab.client.send(
    new PutSubscriptionFilterCommand({
      logGroupName,
      filterName: 'errores',
      filterPattern: 'ERROR',
      destinationArn: functionArn,
      ...input,
    }),
  )

/** What the function has printed of a group. */
async function heard(group: string): Promise<{ logEvents: { message: string }[] }[]> {
  await lab.cloud.idle()
  const { events = [] } = await lab.client.send(
    new FilterLogEventsCommand({ logGroupName: '/aws/lambda/oyente', filterPattern: `OIDO "${group}"` }),
  )
  return events.map(({ message = '' }) => JSON.parse(message.slice(message.indexOf('OIDO ') + 5)))
}

describe('a subscription filter', () => {
  it('takes what matches to a function, as AWS packs it, until it is deleted', async () => {
    const group = await lab.makeGroup('uno')
    await lab.put({ group }, eventsFrom(lab.clock.now(), ['ERROR antes']))
    await put(group)
    const now = lab.clock.now()
    await lab.put({ group }, eventsFrom(now, ['INFO nada', 'ERROR año', 'ERROR dos']))
    expect(await heard(group)).toEqual([
      {
        messageType: 'DATA_MESSAGE',
        owner: '000000000000',
        logGroup: group,
        logStream: 'uno',
        subscriptionFilters: ['errores'],
        logEvents: [
          { id: expect.stringMatching(/^\d{56}$/), timestamp: now + 1, message: 'ERROR año' },
          { id: expect.stringMatching(/^\d{56}$/), timestamp: now + 2, message: 'ERROR dos' },
        ],
      },
    ])
    await lab.client.send(new DeleteSubscriptionFilterCommand({ logGroupName: group, filterName: 'errores' }))
    await lab.put({ group }, eventsFrom(lab.clock.now(), ['ERROR tres']))
    expect(await heard(group)).toHaveLength(1)
  })

  it('takes much in several batches, each event once', async () => {
    const group = await lab.makeGroup('uno')
    await put(group)
    const lines = Array.from({ length: 8 }, (_, index) => `ERROR ${index} ${'x'.repeat(110_000)}`)
    await lab.put({ group }, eventsFrom(lab.clock.now(), lines))
    const batches = await heard(group)
    expect(batches.length).toBeGreaterThan(1)
    const messages = batches.flatMap(({ logEvents }) => logEvents.map(({ message }) => message))
    expect(messages.sort()).toEqual(lines.map(line => line.slice(0, 10)))
  })

  it('is described as it was put; a group has two', async () => {
    const group = await lab.makeGroup()
    await put(group, { filterPattern: '' })
    await put(group, { filterName: 'avisos', filterPattern: '?WARN ?ERROR' })
    await put(group)
    await expect(put(group, { filterName: 'tercero' })).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Resource limit exceeded.',
    })
    const describe = (filterNamePrefix?: string) =>
      lab.client.send(new DescribeSubscriptionFiltersCommand({ logGroupName: group, filterNamePrefix }))
    expect((await describe()).subscriptionFilters?.map(({ filterName }) => filterName)).toEqual([
      'avisos',
      'errores',
    ])
    expect((await describe('err')).subscriptionFilters).toEqual([
      {
        filterName: 'errores',
        logGroupName: group,
        filterPattern: 'ERROR',
        destinationArn: functionArn,
        distribution: 'ByLogStream',
        applyOnTransformedLogs: false,
        creationTime: expect.any(Number),
      },
    ])
  })

  it.each([
    [
      'a function that is not there',
      { destinationArn: `${functionArn}-no` },
      'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
    ],
    [
      'a role for a function',
      { roleArn: 'arn:aws:iam::000000000000:role/r' },
      'destinationArn for vendor lambda cannot be used with roleArn',
    ],
    [
      'a pattern that cannot be read',
      { filterPattern: '{ $.a' },
      "If a filter pattern starts with '{' it must end with '}'",
    ],
    ['a name with a colon', { filterName: 'a:b' }, "at 'filterName' failed to satisfy constraint"],
    ['no ARN', { destinationArn: 'x' }, 'Invalid destinationArn'],
  ])('is refused with %s', async (_what, input, message) => {
    await expect(put(await lab.makeGroup(), input)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    })
  })

  it("is refused where the function's policy does not let the group in, and to the function's own group", async () => {
    for (const [logGroupName, message] of [
      ['/ajeno', 'Could not execute the lambda function.'],
      ['/aws/lambda/oyente', 'own log group'],
    ] as const) {
      await lab.client.send(new CreateLogGroupCommand({ logGroupName })).catch(error => {
        expect(error).toMatchObject({ name: 'ResourceAlreadyExistsException' })
      })
      await expect(put(logGroupName)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining(message),
      })
    }
  })

  it('goes to functions only, so far', async () => {
    const destinationArn = 'arn:aws:kinesis:us-east-1:000000000000:stream/s'
    await expect(put(await lab.makeGroup(), { destinationArn })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 501 },
    })
    const absent = new DeleteSubscriptionFilterCommand({
      logGroupName: await lab.makeGroup(),
      filterName: 'x',
    })
    await expect(lab.client.send(absent)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified subscription filter does not exist.',
    })
  })
})
