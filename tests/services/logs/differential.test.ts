import {
  type CloudWatchLogsClient,
  CloudWatchLogsServiceException,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsLogGroupCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagLogGroupCommand,
  UntagLogGroupCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installed, startMoto } from '../s3/others.ts'
import { type LogsLab, logsClient, startLogsLab } from './lab.ts'

/** One call; its outcome is told in words that do not depend on ids or ingestion times. */
type Step = { readonly group: string } & (
  | { readonly kind: 'createGroup' | 'deleteGroup' | 'describe' }
  | { readonly kind: 'tags' | 'keepForever' }
  | { readonly kind: 'createStream' | 'deleteStream'; readonly stream: string }
  | {
      readonly kind: 'put'
      readonly stream: string
      readonly offset: number
      readonly messages: readonly string[]
    }
  | { readonly kind: 'get'; readonly stream: string; readonly limit: number; readonly fromHead: boolean }
  | { readonly kind: 'filter'; readonly pattern: string }
  | { readonly kind: 'keep'; readonly days: number }
  | { readonly kind: 'tag' | 'untag'; readonly key: string }
)

const group = fc.constantFrom('a', 'b')
const stream = fc.constantFrom('s1', 's2', 't')
const of = <Kind extends string, More extends object>(
  kind: Kind,
  more: { [Key in keyof More]: fc.Arbitrary<More[Key]> },
) => fc.record({ kind: fc.constant(kind), group, ...more })

const step = fc.oneof(
  { weight: 2, arbitrary: of('createGroup', {}) },
  { weight: 3, arbitrary: of('createStream', { stream }) },
  {
    weight: 8,
    arbitrary: of('put', {
      stream,
      offset: fc.nat(5000),
      messages: fc.array(fc.constantFrom('ERROR uno', 'hola', 'hola año', 'ERROR'), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  },
  {
    weight: 3,
    arbitrary: of('get', { stream, limit: fc.integer({ min: 1, max: 20 }), fromHead: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: of('filter', {
      pattern: fc.constantFrom('', 'ERROR', '"hola año"', 'nada'),
    }),
  },
  { weight: 1, arbitrary: of('deleteStream', { stream }) },
  { weight: 1, arbitrary: of('deleteGroup', {}) },
  { weight: 1, arbitrary: of('describe', {}) },
  { weight: 1, arbitrary: of('keep', { days: fc.constantFrom(1, 7, 365) }) },
  { weight: 1, arbitrary: of('keepForever', {}) },
  { weight: 1, arbitrary: of('tag', { key: fc.constantFrom('x', 'y') }) },
  { weight: 1, arbitrary: of('untag', { key: fc.constantFrom('x', 'y') }) },
  { weight: 1, arbitrary: of('tags', {}) },
) as fc.Arbitrary<Step>

/** One run on one cloud. */
interface Run {
  readonly client: CloudWatchLogsClient
  /** Before the names of its groups. */
  readonly prefix: string
  readonly startTime: number
}

async function outcomeOf(run: Run, each: Step, at: number): Promise<unknown> {
  try {
    return await perform(run, each, at)
  } catch (error) {
    if (!(error instanceof CloudWatchLogsServiceException)) throw error
    return `${error.name} ${error.$metadata.httpStatusCode}`
  }
}

async function perform({ client, prefix, startTime }: Run, each: Step, at: number): Promise<unknown> {
  const logGroupName = prefix + each.group
  switch (each.kind) {
    case 'createGroup':
      await client.send(new CreateLogGroupCommand({ logGroupName }))
      return 'made'
    case 'deleteGroup':
      await client.send(new DeleteLogGroupCommand({ logGroupName }))
      return 'gone'
    case 'createStream':
      await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: each.stream }))
      return 'made'
    case 'deleteStream':
      await client.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: each.stream }))
      return 'gone'
    case 'put': {
      // Every event has a time of its own, since clouds order the others as they like.
      const logEvents = each.messages.map((message, index) => ({
        timestamp: startTime + (each.offset + index * 5000) * 100 + at,
        message,
      }))
      const command = new PutLogEventsCommand({ logGroupName, logStreamName: each.stream, logEvents })
      return (await client.send(command)).rejectedLogEventsInfo
    }
    case 'get': {
      const { limit, fromHead: startFromHead, stream: logStreamName } = each
      const command = new GetLogEventsCommand({ logGroupName, logStreamName, limit, startFromHead })
      const { events } = await client.send(command)
      return events?.map(({ timestamp, message }) => [timestamp, message])
    }
    case 'filter': {
      const command = new FilterLogEventsCommand({ logGroupName, filterPattern: each.pattern })
      const { events } = await client.send(command)
      const found = events?.map(({ timestamp, message, logStreamName }) => [
        timestamp,
        message,
        logStreamName,
      ])
      // moto lists stream after stream; AWS's order, by time, is proved elsewhere.
      return found?.map(event => JSON.stringify(event)).sort()
    }
    case 'describe':
      return describeAll(client, prefix, logGroupName)
    default:
      return change(client, logGroupName, each)
  }
}

async function describeAll(client: CloudWatchLogsClient, prefix: string, logGroupName: string) {
  const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix }))
  const { logStreams } = await client.send(new DescribeLogStreamsCommand({ logGroupName }))
  return {
    groups: logGroups?.map(({ logGroupName, retentionInDays, arn }) => [
      logGroupName,
      retentionInDays,
      arn?.replace(/\d{12}/, 'ACCOUNT'),
    ]),
    streams: logStreams?.map(({ logStreamName, firstEventTimestamp, lastEventTimestamp }) => [
      logStreamName,
      firstEventTimestamp,
      lastEventTimestamp,
    ]),
  }
}

async function change(
  client: CloudWatchLogsClient,
  logGroupName: string,
  each: Extract<Step, { kind: 'keep' | 'keepForever' | 'tag' | 'untag' | 'tags' }>,
): Promise<unknown> {
  switch (each.kind) {
    case 'keep':
      await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: each.days }))
      return 'kept'
    case 'keepForever':
      await client.send(new DeleteRetentionPolicyCommand({ logGroupName }))
      return 'kept'
    case 'tag':
      await client.send(new TagLogGroupCommand({ logGroupName, tags: { [each.key]: 'v' } }))
      return 'tagged'
    case 'untag':
      await client.send(new UntagLogGroupCommand({ logGroupName, tags: [each.key] }))
      return 'untagged'
    default:
      return (await client.send(new ListTagsLogGroupCommand({ logGroupName }))).tags
  }
}

describe.skipIf(!installed.moto)('beside moto_server', () => {
  let lab: LogsLab
  let moto: Awaited<ReturnType<typeof startMoto>>
  let other: CloudWatchLogsClient
  let runs = 0
  beforeAll(async () => {
    lab = await startLogsLab()
    moto = await startMoto()
    other = logsClient(moto.url)
  })
  afterAll(async () => {
    other.destroy()
    await moto.stop()
    await lab.close()
  })

  it('the same calls have the same outcomes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async steps => {
        runs += 1
        const prefix = `/beside/${runs}/`
        const startTime = lab.clock.now() - 4 * 60 * 60 * 1000
        const first: Step[] = [
          { kind: 'createGroup', group: 'a' },
          { kind: 'createStream', group: 'a', stream: 's1' },
        ]
        for (const [at, each] of [...first, ...steps].entries()) {
          const ours = await outcomeOf({ client: lab.client, prefix, startTime }, each, at)
          const theirs = await outcomeOf({ client: other, prefix, startTime }, each, at)
          expect({ each, outcome: ours }).toEqual({ each, outcome: theirs })
        }
      }),
      { numRuns: 20 },
    )
  })
})
