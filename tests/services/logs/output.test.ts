import {
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Cloud, startCloud } from '../../../src/cloud/cloud.ts'
import type { FunctionOutput } from '../../../src/cloud/deliveries.ts'
import type { EventPort } from '../../../src/cloud/events.ts'
import { defineService } from '../../../src/cloud/service.ts'
import { logs } from '../../../src/services/logs/index.ts'
import { logsClient } from './lab.ts'

let events: EventPort | undefined

/** Only lends the way to the other services. */
const printer = defineService({
  id: 'printer',
  model: { protocol: 'restJson1', operations: {} },
  scope: 'region',
  createState: () => ({}),
  operations: {},
  open: platform => {
    events = platform.events
    const done = async () => undefined
    return { isIdle: () => true, idle: done, reset: done, close: done }
  },
})

const bugs: unknown[] = []
let cloud: Cloud
beforeAll(async () => {
  cloud = await startCloud([logs, printer], { port: 0, onBug: error => bugs.push(error) })
})
afterAll(() => cloud.close())

async function print(detail: FunctionOutput | Record<string, unknown>): Promise<void> {
  events?.emit({
    type: 'lambda:Output',
    accountId: '000000000000',
    region: 'us-east-1',
    time: Date.now(),
    detail: { ...detail },
  })
  await cloud.idle()
}

const logGroup = '/aws/lambda/procesar-csv'
const logStream = '2024/01/01/[$LATEST]0123'
const now = Date.now()

it("a function's lines are in its group, which its first line makes, and makes again", async () => {
  const client = logsClient(cloud.url)
  const messagesOf = async () => {
    const { events: found = [] } = await client.send(new FilterLogEventsCommand({ logGroupName: logGroup }))
    return found.map(({ message, logStreamName }) => [logStreamName, message])
  }
  const lines = [
    { timestamp: now, message: 'START RequestId: 1 Version: $LATEST\n' },
    { timestamp: now, message: 'x'.repeat(256 * 1024) },
    { timestamp: now, message: 'END RequestId: 1\n' },
  ]
  await print({ logGroup, logStream, lines })
  expect(await messagesOf()).toEqual(lines.map(({ message }) => [logStream, message]))
  await client.send(new DeleteLogGroupCommand({ logGroupName: logGroup }))
  await print({ logGroup, logStream: 'otro', lines: [{ timestamp: now, message: 'otra vez\n' }] })
  expect(await messagesOf()).toEqual([['otro', 'otra vez\n']])
  const { logGroups } = await client.send(new DescribeLogGroupsCommand({}))
  expect(logGroups).toMatchObject([{ logGroupName: logGroup, logGroupClass: 'STANDARD' }])
  client.destroy()
})

it('a detail of another shape is reported', async () => {
  await print({ logGroup })
  expect(bugs).toEqual([expect.objectContaining({ message: expect.stringContaining('lambda:Output') })])
})
