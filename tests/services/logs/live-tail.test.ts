import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  StartLiveTailCommand,
  type StartLiveTailCommandInput,
  type StartLiveTailResponseStream,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsFrom, type LogsLab, logsClient, startLogsLab } from './lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

const arnOf = (group: string) => `arn:aws:logs:us-east-1:000000000000:log-group:${group}`

/** A session that is being read. */
interface Tail {
  readonly client: CloudWatchLogsClient
  next(): Promise<StartLiveTailResponseStream>
}

/** A client of its own, so that ending it ends the session. */
async function startTail(input: StartLiveTailCommandInput): Promise<Tail> {
  const client = logsClient(lab.cloud.url)
  const { responseStream } = await client.send(new StartLiveTailCommand(input))
  if (!responseStream) throw new Error('no stream')
  const iterator = responseStream[Symbol.asyncIterator]()
  return {
    client,
    next: async () => {
      const { value, done } = await iterator.next()
      if (done) throw new Error('the session has ended')
      return value
    },
  }
}

/** Messages of the updates, as far as the first one that has any. */
async function nextMessages(tail: Tail): Promise<(string | undefined)[]> {
  for (;;) {
    const { sessionUpdate } = await tail.next()
    const results = sessionUpdate?.sessionResults ?? []
    if (results.length > 0) return results.map(({ message }) => message)
  }
}

describe('StartLiveTail', () => {
  it('says what it follows, and then what comes', async () => {
    const group = await lab.makeGroup('uno', 'dos')
    await lab.put({ group }, eventsFrom(lab.clock.now(), ['before']))
    const tail = await startTail({ logGroupIdentifiers: [arnOf(group)] })
    expect((await tail.next()).sessionStart).toEqual({
      requestId: expect.any(String),
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      logGroupIdentifiers: [arnOf(group)],
      logStreamNames: [],
      logStreamNamePrefixes: [],
      logEventFilterPattern: '',
    })
    const now = lab.clock.now()
    await lab.put({ group, stream: 'dos' }, eventsFrom(now, ['año']))
    await lab.cloud.advanceClock(1000)
    const { sessionUpdate } = await tail.next()
    expect(sessionUpdate).toEqual({
      sessionMetadata: { sampled: false },
      sessionResults: [
        {
          logGroupIdentifier: arnOf(group),
          logStreamName: 'dos',
          message: 'año',
          timestamp: now,
          ingestionTime: expect.any(Number),
        },
      ],
    })
    tail.client.destroy()
  })

  it('shows only what the pattern and the streams let through', async () => {
    const group = await lab.makeGroup('a/1', 'b/1')
    const logGroupIdentifiers = [arnOf(group)]
    const byPattern = await startTail({ logGroupIdentifiers, logEventFilterPattern: 'ERROR -calm' })
    const byName = await startTail({ logGroupIdentifiers, logStreamNames: ['b/1'] })
    const byPrefix = await startTail({ logGroupIdentifiers, logStreamNamePrefixes: ['a/', 'c/'] })
    const tails = [byPattern, byName, byPrefix]
    await Promise.all(tails.map(tail => tail.next()))
    const now = lab.clock.now()
    await lab.put({ group, stream: 'a/1' }, eventsFrom(now, ['ERROR uno', 'INFO dos']))
    await lab.put({ group, stream: 'b/1' }, eventsFrom(now, ['ERROR calm', 'ERROR tres']))
    await lab.cloud.advanceClock(1000)
    expect(await Promise.all(tails.map(nextMessages))).toEqual([
      ['ERROR uno', 'ERROR tres'],
      ['ERROR calm', 'ERROR tres'],
      ['ERROR uno', 'INFO dos'],
    ])
    for (const { client } of tails) client.destroy()
  })

  it('shows 500 of too many, and says so', async () => {
    const group = await lab.makeGroup('uno')
    const tail = await startTail({ logGroupIdentifiers: [arnOf(group)] })
    await tail.next()
    const lines = Array.from({ length: 1200 }, (_, index) => `${index}`)
    await lab.put({ group }, eventsFrom(lab.clock.now(), lines))
    await lab.cloud.advanceClock(1000)
    const { sessionUpdate } = await tail.next()
    expect(sessionUpdate?.sessionMetadata).toEqual({ sampled: true })
    expect(sessionUpdate?.sessionResults).toHaveLength(500)
    tail.client.destroy()
  })

  it('ends after three hours of the cloud, and with the cloud', async () => {
    const group = await lab.makeGroup('uno')
    const tail = await startTail({ logGroupIdentifiers: [arnOf(group)] })
    await tail.next()
    await lab.cloud.advanceClock(3 * 60 * 60 * 1000)
    await expect(tail.next()).rejects.toMatchObject({ name: 'SessionTimeoutException' })
    tail.client.destroy()

    const other = await startLogsLab()
    await other.client.send(new CreateLogGroupCommand({ logGroupName: '/x' }))
    const { responseStream } = await other.client.send(
      new StartLiveTailCommand({ logGroupIdentifiers: [arnOf('/x')] }),
    )
    const iterator = responseStream?.[Symbol.asyncIterator]()
    await iterator?.next()
    const end = iterator?.next().catch(() => ({ done: true }))
    await other.close()
    expect(await end).toMatchObject({ done: true })
  })

  it('is for 15 callers of an account at once, and forgets those that are gone', async () => {
    const group = await lab.makeGroup('uno')
    const input = { logGroupIdentifiers: [arnOf(group)] }
    const tails: Tail[] = []
    let refusal: unknown
    while (refusal === undefined) {
      const tail = await startTail(input).catch(error => {
        refusal = error
        return undefined
      })
      if (!tail) break
      await tail.next()
      tails.push(tail)
      expect(tails.length).toBeLessThanOrEqual(15)
    }
    expect(refusal).toMatchObject({ name: 'LimitExceededException' })
    for (const { client } of tails) client.destroy()
    let again: Tail | undefined
    while (!again) {
      await lab.cloud.advanceClock(1000)
      again = await startTail(input).catch(() => undefined)
    }
    again.client.destroy()
  })

  const arn = arnOf('/no/esta')
  const refused: readonly (readonly [string, StartLiveTailCommandInput, string])[] = [
    ['no group', { logGroupIdentifiers: [] }, 'InvalidParameterException'],
    [
      'eleven groups',
      { logGroupIdentifiers: Array.from({ length: 11 }, () => arn) },
      'InvalidParameterException',
    ],
    ['a name', { logGroupIdentifiers: ['/no/esta'] }, 'InvalidParameterException'],
    ['an asterisk', { logGroupIdentifiers: [`${arn}:*`] }, 'InvalidParameterException'],
    ['a group that is not there', { logGroupIdentifiers: [arn] }, 'ResourceNotFoundException'],
    [
      'names and prefixes',
      { logGroupIdentifiers: [arn], logStreamNames: ['a'], logStreamNamePrefixes: ['a'] },
      'InvalidParameterException',
    ],
    [
      'streams of two groups',
      { logGroupIdentifiers: [arn, arn], logStreamNames: ['a'] },
      'InvalidParameterException',
    ],
  ]
  it.each(refused)('refuses %s', async (_what, input, name) => {
    await expect(lab.client.send(new StartLiveTailCommand(input))).rejects.toMatchObject({ name })
  })
})
