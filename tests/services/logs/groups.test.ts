import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  ListLogGroupsCommand,
  PutLogGroupDeletionProtectionCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LogsLab, logsClient, startLogsLab } from './lab.ts'

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
