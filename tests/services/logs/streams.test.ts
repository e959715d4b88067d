import {
  CreateLogStreamCommand,
  DeleteLogStreamCommand,
  DescribeLogStreamsCommand,
  paginateDescribeLogStreams,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsFrom, type LogsLab, startLogsLab } from './lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

const arnOf = (group: string) => `arn:aws:logs:us-east-1:000000000000:log-group:${group}`

describe('a stream', () => {
  it('is described before and after its first event', async () => {
    const logGroupName = await lab.makeGroup('uno')
    const input = { logGroupIdentifier: arnOf(logGroupName) }
    const fresh = await lab.client.send(new DescribeLogStreamsCommand(input))
    const common = {
      logStreamName: 'uno',
      creationTime: expect.any(Number),
      arn: `${arnOf(logGroupName)}:log-stream:uno`,
      storedBytes: 0,
    }
    expect(fresh.logStreams).toEqual([common])
    const now = lab.clock.now()
    await lab.put({ group: logGroupName }, eventsFrom(now, ['a', 'b']))
    const { logStreams } = await lab.client.send(new DescribeLogStreamsCommand(input))
    expect(logStreams).toEqual([
      {
        ...common,
        firstEventTimestamp: now,
        lastEventTimestamp: now + 1,
        lastIngestionTime: expect.any(Number),
        uploadSequenceToken: expect.stringMatching(/^\d{56}$/),
      },
    ])
  })

  it('is there once; its name has no colon or asterisk', async () => {
    const logGroupName = await lab.makeGroup('uno')
    const create = (logStreamName: string) =>
      lab.client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
    await expect(create('uno')).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log stream already exists',
    })
    await expect(create('a:b')).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await create('2024/01/01/[$LATEST]0123')
    await lab.client.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: 'uno' }))
    const again = lab.client.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: 'uno' }))
    await expect(again).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    })
  })

  it('is listed by name or by its last event, either way round, page by page', async () => {
    const logGroupName = await lab.makeGroup('c', 'a', 'b', 'vacío')
    const now = lab.clock.now()
    for (const [index, stream] of ['b', 'c', 'a'].entries()) {
      await lab.put({ group: logGroupName, stream }, [{ timestamp: now + index, message: 'x' }])
    }
    const list = async (input: object) => {
      const found: (string | undefined)[] = []
      const pages = paginateDescribeLogStreams(
        { client: lab.client, pageSize: 3 },
        { logGroupName, ...input },
      )
      for await (const { logStreams = [] } of pages)
        found.push(...logStreams.map(stream => stream.logStreamName))
      return found
    }
    expect(await list({})).toEqual(['a', 'b', 'c', 'vacío'])
    expect(await list({ descending: true })).toEqual(['vacío', 'c', 'b', 'a'])
    expect(await list({ orderBy: 'LastEventTime' })).toEqual(['vacío', 'b', 'c', 'a'])
    expect(await list({ orderBy: 'LastEventTime', descending: true })).toEqual(['a', 'c', 'b', 'vacío'])
    expect(await list({ logStreamNamePrefix: 'b' })).toEqual(['b'])
  })

  const refused: readonly (readonly [string, object, string, string])[] = [
    [
      'a name and an ARN',
      { logGroupName: 'a', logGroupIdentifier: 'a' },
      'ValidationException',
      'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    ],
    [
      'no group',
      {},
      'InvalidParameterException',
      "Value null at 'logGroupName' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a prefix in order of time',
      { logGroupName: 'a', logStreamNamePrefix: 'a', orderBy: 'LastEventTime' },
      'InvalidParameterException',
      'Cannot order by LastEventTime with a logStreamNamePrefix.',
    ],
    [
      'another order',
      { logGroupName: 'a', orderBy: 'x' },
      'InvalidParameterException',
      'Member must satisfy enum value set: [LogStreamName, LastEventTime]',
    ],
  ]
  it.each(refused)('is not listed by %s', async (_what, input, name, message) => {
    await expect(lab.client.send(new DescribeLogStreamsCommand(input))).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    })
  })
})
