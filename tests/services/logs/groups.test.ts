import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  ListLogGroupsCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  PutLogGroupDeletionProtectionCommand,
  PutRetentionPolicyCommand,
  paginateDescribeLogGroups,
  paginateDescribeLogStreams,
  TagLogGroupCommand,
  TagResourceCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { retentionDays } from '../../../src/services/logs/limits.ts'
import { eventsFrom, type LogsLab, logsClient, startLogsLab } from './lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

const arnOf = (group: string) => `arn:aws:logs:us-east-1:000000000000:log-group:${group}`

async function describeGroup(logGroupName: string) {
  const { logGroups = [] } = await lab.client.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
  )
  return logGroups.find(group => group.logGroupName === logGroupName)
}

describe('a group', () => {
  it('is described as AWS does', async () => {
    const group = await lab.makeGroup('uno')
    await lab.put({ group }, [{ timestamp: lab.clock.now(), message: 'año' }])
    expect(await describeGroup(group)).toEqual({
      logGroupName: group,
      creationTime: expect.any(Number),
      metricFilterCount: 0,
      arn: `${arnOf(group)}:*`,
      logGroupArn: arnOf(group),
      logGroupClass: 'STANDARD',
      storedBytes: 4 + 26,
      deletionProtectionEnabled: false,
    })
  })

  it('is there once, and gone with its streams when it is deleted', async () => {
    const logGroupName = await lab.makeGroup('uno')
    await expect(lab.client.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
    })
    await lab.client.send(new DeleteLogGroupCommand({ logGroupName }))
    await expect(lab.client.send(new DescribeLogStreamsCommand({ logGroupName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    })
  })

  const refused: readonly (readonly [string, object, string])[] = [
    [
      'a name of 513 characters',
      { logGroupName: 'a'.repeat(513) },
      'Invalid LogGroup or LogStream, both must have length less than or equal to 512.',
    ],
    [
      'a name with a blank',
      { logGroupName: 'a b' },
      "1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
    ],
    ['a name of AWS', { logGroupName: 'aws/x' }, 'Log groups starting with AWS/ are reserved for AWS.'],
    [
      'an unknown class',
      { logGroupName: 'x', logGroupClass: 'GOLD' },
      'Member must satisfy enum value set: [STANDARD, INFREQUENT_ACCESS, DELIVERY, ESSENTIALS]',
    ],
    [
      'a key of a KMS that is not there',
      { logGroupName: 'x', kmsKeyId: 'arn:aws:kms:us-east-1:1:key/a' },
      `The specified KMS key does not exist or is not allowed to be used with LogGroup '${arnOf('x')}'`,
    ],
    ['a tag of AWS', { logGroupName: 'x', tags: { 'aws:x': 'y' } }, 'aws: prefixed tag key names'],
    [
      '51 tags',
      { logGroupName: 'x', tags: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [n, ''])) },
      'Member must have length less than or equal to 50',
    ],
  ]
  it.each(refused)('cannot have %s', async (_what, input, message) => {
    const command = new CreateLogGroupCommand(input as { logGroupName: string })
    await expect(lab.client.send(command)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    })
  })

  it('of another account or region is another group', async () => {
    const logGroupName = await lab.makeGroup()
    const other = logsClient(lab.cloud.url, '111122223333')
    await other.send(new CreateLogGroupCommand({ logGroupName }))
    const { logGroups } = await other.send(new DescribeLogGroupsCommand({}))
    expect(logGroups?.map(({ arn }) => arn)).toEqual([
      `arn:aws:logs:us-east-1:111122223333:log-group:${logGroupName}:*`,
    ])
  })

  it('that is protected is not deleted', async () => {
    const logGroupName = await lab.makeGroup('uno')
    const protect = (deletionProtectionEnabled: boolean) =>
      lab.client.send(
        new PutLogGroupDeletionProtectionCommand({
          logGroupIdentifier: arnOf(logGroupName),
          deletionProtectionEnabled,
        }),
      )
    await protect(true)
    expect(await describeGroup(logGroupName)).toMatchObject({ deletionProtectionEnabled: true })
    for (const command of [
      new DeleteLogGroupCommand({ logGroupName }),
      new DeleteLogStreamCommand({ logGroupName, logStreamName: 'uno' }),
    ]) {
      await expect(lab.client.send(command as DeleteLogGroupCommand)).rejects.toMatchObject({
        name: 'ValidationException',
      })
    }
    await protect(false)
    await lab.client.send(new DeleteLogGroupCommand({ logGroupName }))
  })
})

describe('listings of groups', () => {
  it('are in the order of names, page by page, by prefix, by part of the name and by class', async () => {
    const names = ['/lista/B', '/lista/a', '/lista/a/b', '/lista/ab']
    for (const logGroupName of [...names].reverse()) {
      const logGroupClass = logGroupName === '/lista/ab' ? 'INFREQUENT_ACCESS' : 'STANDARD'
      await lab.client.send(new CreateLogGroupCommand({ logGroupName, logGroupClass }))
    }
    const list = async (input: object) => {
      const found: (string | undefined)[] = []
      const pages = paginateDescribeLogGroups({ client: lab.client, pageSize: 1 }, input)
      for await (const { logGroups = [] } of pages) {
        expect(logGroups.length).toBeLessThanOrEqual(1)
        found.push(...logGroups.map(group => group.logGroupName))
      }
      return found
    }
    expect(await list({ logGroupNamePrefix: '/lista/' })).toEqual(names)
    expect(await list({ logGroupNamePattern: 'ista/a' })).toEqual(names.slice(1))
    expect(await list({ logGroupClass: 'INFREQUENT_ACCESS' })).toEqual(['/lista/ab'])
    expect(await list({ logGroupIdentifiers: ['/lista/B', arnOf('/lista/ab')] })).toEqual([
      '/lista/B',
      '/lista/ab',
    ])
    const { logGroups } = await lab.client.send(
      new ListLogGroupsCommand({ logGroupNamePattern: '^/lista/a|nada' }),
    )
    expect(logGroups?.map(group => group.logGroupName)).toEqual(names.slice(1))
    expect(logGroups?.at(-1)).toEqual({
      logGroupName: '/lista/ab',
      logGroupArn: arnOf('/lista/ab'),
      logGroupClass: 'INFREQUENT_ACCESS',
    })
  })

  it('by part of the name say less', async () => {
    const group = await lab.makeGroup()
    const { logGroups } = await lab.client.send(new DescribeLogGroupsCommand({ logGroupNamePattern: group }))
    expect(logGroups?.[0]).not.toHaveProperty('storedBytes')
  })

  const refused: readonly (readonly [string, object, string])[] = [
    [
      'a prefix and a part',
      { logGroupNamePrefix: 'a', logGroupNamePattern: 'a' },
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    ],
    [
      '51 at once',
      { limit: 51 },
      "Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50",
    ],
    ['a token of somebody else', { nextToken: 'x' }, 'The specified nextToken is invalid.'],
  ]
  it.each(refused)('refuse %s', async (_what, input, message) => {
    await expect(lab.client.send(new DescribeLogGroupsCommand(input))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    })
  })
})

describe('retention', () => {
  it.each(retentionDays)('may be %i days', async retentionInDays => {
    const logGroupName = await lab.makeGroup()
    await lab.client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }))
    expect(await describeGroup(logGroupName)).toMatchObject({ retentionInDays })
  })

  it('may not be any other number', async () => {
    const logGroupName = await lab.makeGroup()
    const command = new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 })
    await expect(lab.client.send(command)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `Invalid retention value. Valid values are: [${retentionDays.join(', ')}]`,
    })
  })

  it("expires events on the cloud's clock and leaves the stream", async () => {
    const kept = await lab.makeGroup('uno')
    const expiring = await lab.makeGroup('uno')
    const forever = await lab.makeGroup('uno')
    await lab.client.send(new PutRetentionPolicyCommand({ logGroupName: expiring, retentionInDays: 3 }))
    await lab.client.send(new PutRetentionPolicyCommand({ logGroupName: kept, retentionInDays: 5 }))
    await lab.client.send(new PutRetentionPolicyCommand({ logGroupName: forever, retentionInDays: 1 }))
    await lab.client.send(new DeleteRetentionPolicyCommand({ logGroupName: forever }))
    for (const group of [kept, expiring, forever]) {
      await lab.put({ group }, eventsFrom(lab.clock.now(), ['a', 'b']))
    }
    await lab.cloud.advanceClock(3 * 24 * 60 * 60 * 1000 + 1000)
    expect(await describeGroup(expiring)).toMatchObject({ storedBytes: 0, retentionInDays: 3 })
    expect(await describeGroup(kept)).toMatchObject({ storedBytes: 2 * 27 })
    expect(await describeGroup(forever)).toMatchObject({ storedBytes: 2 * 27 })
    const { logStreams } = await lab.client.send(new DescribeLogStreamsCommand({ logGroupName: expiring }))
    expect(logStreams).toHaveLength(1)
  })
})

describe('tags', () => {
  it('are the same by the old and the new way', async () => {
    const logGroupName = '/etiquetas'
    const resourceArn = arnOf(logGroupName)
    const expectTags = async (tags: Record<string, string>) => {
      expect((await lab.client.send(new ListTagsLogGroupCommand({ logGroupName }))).tags).toEqual(tags)
      expect((await lab.client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual(tags)
    }
    await lab.client.send(new CreateLogGroupCommand({ logGroupName, tags: { env: 'a' } }))
    await expectTags({ env: 'a' })
    await lab.client.send(new TagResourceCommand({ resourceArn, tags: { uno: '1', env: 'b' } }))
    await lab.client.send(new TagLogGroupCommand({ logGroupName, tags: { dos: '2' } }))
    await expectTags({ env: 'b', uno: '1', dos: '2' })
    await lab.client.send(new UntagLogGroupCommand({ logGroupName, tags: ['dos', 'nada'] }))
    await lab.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['env'] }))
    await expectTags({ uno: '1' })
  })

  it('belong to a group, by an ARN without an asterisk, fifty at most', async () => {
    const group = await lab.makeGroup()
    const send = (resourceArn: string, tags: Record<string, string> = { a: 'b' }) =>
      lab.client.send(new TagResourceCommand({ resourceArn, tags }))
    await expect(send(`${arnOf(group)}:*`)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining("at 'resourceArn' failed to satisfy constraint"),
    })
    await expect(send(arnOf('/no/esta'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'v']))
    await send(arnOf(group), many)
    await expect(send(arnOf(group))).rejects.toMatchObject({
      name: 'TooManyTagsException',
      resourceName: group,
    })
  })
})

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
