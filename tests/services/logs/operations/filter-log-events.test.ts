import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventCalls, eventsFrom, type LogsLab, messagesOf, startLogsLab } from '../lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

const dayMilliseconds = 24 * 60 * 60 * 1000

const { put, get } = eventCalls(() => lab)

describe('FilterLogEvents', () => {
  const filter = (input: FilterLogEventsCommandInput) => lab.client.send(new FilterLogEventsCommand(input))
  const all = async (input: FilterLogEventsCommandInput, pageSize?: number) => {
    const config = { client: lab.client, ...(pageSize !== undefined && { pageSize }) }
    const pages = []
    for await (const page of paginateFilterLogEvents(config, input)) pages.push(page)
    return pages
  }

  it('merges streams in order of time, and tells each event', async () => {
    const logGroupName = await lab.makeGroup('uno', 'dos')
    const now = lab.clock.now()
    await lab.put({ group: logGroupName, stream: 'dos' }, [
      { timestamp: now + 1, message: 'b' },
      { timestamp: now + 2, message: 'd' },
    ])
    await lab.put({ group: logGroupName, stream: 'uno' }, [
      { timestamp: now, message: 'a' },
      { timestamp: now + 1, message: 'c' },
    ])
    const { events = [], searchedLogStreams, nextToken } = await filter({ logGroupName })
    expect(messagesOf({ events })).toEqual(['a', 'b', 'c', 'd'])
    expect(searchedLogStreams).toEqual([])
    expect(nextToken).toBeUndefined()
    expect(events[0]).toEqual({
      logStreamName: 'uno',
      timestamp: now,
      message: 'a',
      ingestionTime: expect.any(Number),
      eventId: expect.stringMatching(/^\d{56}$/),
    })
    const ids = events.map(({ eventId }) => eventId)
    expect([...new Set(ids)].sort()).toEqual(ids)
    expect(messagesOf(await filter({ logGroupName, startTime: now + 1, endTime: now + 1 }))).toEqual([
      'b',
      'c',
    ])
    expect(messagesOf(await filter({ logGroupName, logStreamNames: ['dos', 'dos'] }))).toEqual(['b', 'd'])
    expect(messagesOf(await filter({ logGroupName, logStreamNamePrefix: 'u' }))).toEqual(['a', 'c'])
    expect(messagesOf(await filter({ logGroupIdentifier: logGroupName, interleaved: true }))).toHaveLength(4)
  })

  it('needs the streams that it names', async () => {
    const logGroupName = await lab.makeGroup('uno')
    await expect(filter({ logGroupName, logStreamNames: ['uno', 'nada'] })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    })
  })

  it('gives pages of any size, each event once', async () => {
    const streams = ['a', 'b', 'c']
    const logGroupName = await lab.makeGroup(...streams)
    const now = lab.clock.now()
    for (const [index, stream] of streams.entries()) {
      const messages = Array.from({ length: 20 }, (_, number) => `${stream}${number}`)
      await lab.put({ group: logGroupName, stream }, eventsFrom(now + index, messages))
    }
    for (const size of [1, 7, 60]) {
      const pages = await all({ logGroupName }, size)
      expect(pages.every(page => (page.events?.length ?? 0) <= size)).toBe(true)
      expect(new Set(pages.flatMap(messagesOf)).size).toBe(60)
      expect(pages).toHaveLength(Math.ceil(60 / size))
    }
  })

  it('may give empty pages and still have more', async () => {
    const logGroupName = await lab.makeGroup('uno')
    const now = lab.clock.now()
    for (let batch = 0; batch < 3; batch += 1) {
      const lines = Array.from({ length: 9_000 }, (_, index) => `línea ${batch * 9_000 + index}`)
      await put(logGroupName, eventsFrom(now + batch * 10_000, lines))
    }
    const pages = await all({ logGroupName, filterPattern: '"línea 26999"' })
    expect(pages.map(({ events = [] }) => events.length)).toEqual([0, 0, 1])
    expect(pages.map(({ nextToken }) => nextToken !== undefined)).toEqual([true, true, false])
  })

  it('refuses what AWS refuses', async () => {
    const logGroupName = await lab.makeGroup('uno')
    const refusals: readonly (readonly [object, string])[] = [
      [{ filterPattern: '{ $.a = 1' }, "If a filter pattern starts with '{' it must end with '}'"],
      [
        { filterPattern: 'x'.repeat(1025) },
        "at 'filterPattern' failed to satisfy constraint: Member must have length less than or equal to 1024",
      ],
      [{ logStreamNames: ['a'], logStreamNamePrefix: 'a' }, 'mutually exclusive'],
      [{ nextToken: 'invalid-token' }, 'The specified nextToken is invalid.'],
      [
        { limit: 10_001 },
        "Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
      ],
    ]
    for (const [input, message] of refusals) {
      await expect(filter({ logGroupName, ...input })).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining(message),
      })
    }
  })

  it('forgets a token after a day', async () => {
    const logGroupName = await lab.makeGroup('uno')
    await put(logGroupName, eventsFrom(lab.clock.now(), ['a', 'b']))
    const { nextToken } = await filter({ logGroupName, limit: 1 })
    await lab.cloud.advanceClock(dayMilliseconds + 60_000)
    await expect(filter({ logGroupName, nextToken })).rejects.toMatchObject({
      message: 'The specified nextToken is invalid.',
    })
  })

  it('does not read groups of other classes', async () => {
    const logGroupName = '/rara'
    await lab.client.send(new CreateLogGroupCommand({ logGroupName, logGroupClass: 'INFREQUENT_ACCESS' }))
    await lab.client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'uno' }))
    await expect(filter({ logGroupName })).rejects.toMatchObject({
      name: 'InvalidOperationException',
      message:
        'The log group /rara is of log-group-class INFREQUENT_ACCESS. FilterLogEvents is not supported for this log class.',
    })
    await expect(get(logGroupName)).rejects.toMatchObject({ name: 'InvalidOperationException' })
  })
})
