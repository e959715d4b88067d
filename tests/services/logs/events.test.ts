import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  type InputLogEvent,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  paginateFilterLogEvents,
  TestMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsFrom, type LogsLab, startLogsLab } from './lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

const dayMilliseconds = 24 * 60 * 60 * 1000
const hourMilliseconds = 60 * 60 * 1000

const put = (logGroupName: string, logEvents: InputLogEvent[], sequenceToken?: string) =>
  lab.client.send(
    new PutLogEventsCommand({
      logGroupName,
      logStreamName: 'uno',
      logEvents,
      ...(sequenceToken !== undefined && { sequenceToken }),
    }),
  )

const get = (logGroupName: string, input: Partial<GetLogEventsCommandInput> = {}) =>
  lab.client.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'uno', ...input }))

const messagesOf = ({ events = [] }: { events?: { message?: string | undefined }[] | undefined }) =>
  events.map(({ message }) => message)

describe('PutLogEvents', () => {
  it('takes any sequence token and gives the next one', async () => {
    const group = await lab.makeGroup('uno')
    const now = lab.clock.now()
    const { nextSequenceToken, rejectedLogEventsInfo } = await put(group, eventsFrom(now, ['a']), 'any')
    expect(nextSequenceToken).toMatch(/^\d{56}$/)
    expect(rejectedLogEventsInfo).toBeUndefined()
    expect(messagesOf(await get(group))).toEqual(['a'])
  })

  it('rejects one by one what is too old, too new or past its retention', async () => {
    const group = await lab.makeGroup('uno')
    const now = lab.clock.now()
    const old = now - 14 * dayMilliseconds
    const tooOld = await put(group, [
      { timestamp: old - 60_000, message: 'old' },
      { timestamp: old - 50_000, message: 'old' },
      { timestamp: old + 60_000, message: 'just' },
    ])
    expect(tooOld.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 2 })
    const tooNew = await put(group, [
      { timestamp: now, message: 'now' },
      { timestamp: now + 2 * hourMilliseconds + 60_000, message: 'new' },
    ])
    expect(tooNew.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 })
    expect(messagesOf(await get(group))).toEqual(['just', 'now'])
    const soon = await put(group, [{ timestamp: now + 2 * hourMilliseconds - 60_000, message: 'soon' }])
    expect(soon.rejectedLogEventsInfo).toBeUndefined()
    await lab.client.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 1 }))
    const expired = await put(group, [
      { timestamp: now - 25 * hourMilliseconds, message: 'expired' },
      { timestamp: now, message: 'later' },
    ])
    expect(expired.rejectedLogEventsInfo).toEqual({ expiredLogEventEndIndex: 1 })
    const none = await put(group, [{ timestamp: now + dayMilliseconds, message: 'new' }])
    expect(none.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 0 })
  })

  const now = Date.now()
  const text = 'ñ'.repeat(100_000)
  const refused: readonly (readonly [string, InputLogEvent[], string])[] = [
    [
      'no events',
      [],
      "at 'logEvents' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      '10,001 events',
      eventsFrom(
        now,
        Array.from({ length: 10_001 }, () => 'x'),
      ),
      'Member must have length less than or equal to 10000',
    ],
    [
      'events in another order',
      [
        { timestamp: now, message: 'a' },
        { timestamp: now - 1, message: 'b' },
      ],
      'Log events in a single PutLogEvents request must be in chronological order.',
    ],
    [
      'more than a day',
      [
        { timestamp: now - dayMilliseconds - 1000, message: 'a' },
        { timestamp: now, message: 'b' },
      ],
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    ],
    [
      'more than a MiB',
      eventsFrom(now, [text, text, text, text, text, text]),
      'Upload too large: 1200156 bytes exceeds limit of 1048576',
    ],
    [
      'a line of more than a MiB',
      eventsFrom(now, ['x'.repeat(1_048_551)]),
      'Log event too large: 1048577 bytes exceeds limit of 1048576',
    ],
    [
      'an empty message',
      eventsFrom(now, ['a', '']),
      "Value '' at 'logEvents.2.member.message' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    ['a time before 1970', [{ timestamp: -1, message: 'a' }], "Value '-1' at 'logEvents.1.member.timestamp'"],
    [
      'no message',
      [{ timestamp: now, message: undefined }],
      "Value null at 'logEvents.1.member.message' failed to satisfy constraint: Member must not be null",
    ],
  ]
  it.each(refused)('refuses %s', async (_what, events, message) => {
    const group = await lab.makeGroup('uno')
    await expect(put(group, events)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    })
    expect((await get(group)).events).toEqual([])
  })

  it('takes a full MiB, and 10,000 events', async () => {
    const group = await lab.makeGroup('uno')
    await put(group, eventsFrom(lab.clock.now(), ['x'.repeat(1_048_550)]))
    await put(
      group,
      eventsFrom(
        lab.clock.now(),
        Array.from({ length: 10_000 }, () => 'x'),
      ),
    )
  })

  it('needs the group and the stream', async () => {
    const events = eventsFrom(lab.clock.now(), ['a'])
    await expect(put('/no/esta', events)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    })
    await expect(put(await lab.makeGroup(), events)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    })
  })
})

describe('GetLogEvents', () => {
  const names = Array.from({ length: 25 }, (_, index) => `m${index}`)

  it('begins at the end, or at the head, and goes either way until the token repeats', async () => {
    const group = await lab.makeGroup('uno')
    const now = lab.clock.now()
    await put(group, eventsFrom(now, names))
    const end = await get(group, { limit: 10 })
    expect(messagesOf(end)).toEqual(names.slice(15))
    expect(end.nextForwardToken).toMatch(/^f\/\d{56}\/s$/)
    expect(end.nextBackwardToken).toMatch(/^b\/\d{56}\/s$/)
    const first = await get(group, { limit: 10, startFromHead: true })
    expect(messagesOf(first)).toEqual(names.slice(0, 10))
    expect(first.events?.[0]).toEqual({ timestamp: now, message: 'm0', ingestionTime: expect.any(Number) })

    const found = [...messagesOf(first)]
    let token = first.nextForwardToken
    for (;;) {
      const page = await get(group, { limit: 10, startFromHead: true, nextToken: token })
      found.push(...messagesOf(page))
      if (page.nextForwardToken === token) break
      token = page.nextForwardToken
    }
    expect(found).toEqual(names)
    const back: (string | undefined)[] = []
    for (let backward: string | undefined; ; ) {
      const page = await get(group, { limit: 10, ...(backward && { nextToken: backward }) })
      back.unshift(...messagesOf(page))
      if (page.nextBackwardToken === backward) break
      backward = page.nextBackwardToken
    }
    expect(back).toEqual(names)
  })

  it('turns around at an end without losing an event, and goes on when more come', async () => {
    const group = await lab.makeGroup('uno')
    const now = lab.clock.now()
    const empty = await get(group, { startFromHead: true })
    expect(empty.events).toEqual([])
    await put(group, eventsFrom(now, ['a', 'b']))
    const first = await get(group, { nextToken: empty.nextForwardToken })
    expect(messagesOf(first)).toEqual(['a', 'b'])
    const nothing = await get(group, { nextToken: first.nextForwardToken })
    expect(nothing.events).toEqual([])
    expect(nothing.nextForwardToken).toBe(first.nextForwardToken)
    expect(messagesOf(await get(group, { nextToken: nothing.nextBackwardToken }))).toEqual(['a', 'b'])
    const before = await get(group, { nextToken: first.nextBackwardToken })
    expect(before.events).toEqual([])
    expect(messagesOf(await get(group, { nextToken: before.nextForwardToken }))).toEqual(['a', 'b'])
    await put(group, eventsFrom(now + 5, ['c']))
    expect(messagesOf(await get(group, { nextToken: nothing.nextForwardToken }))).toEqual(['c'])
  })

  it('keeps to a time, its end left out, and puts late events where they belong', async () => {
    const group = await lab.makeGroup('uno')
    const now = lab.clock.now()
    await put(group, eventsFrom(now + 10, ['c', 'd']))
    await put(group, eventsFrom(now, ['a', 'b']))
    await put(group, eventsFrom(now + 10, ['e']))
    expect(messagesOf(await get(group))).toEqual(['a', 'b', 'c', 'e', 'd'])
    expect(messagesOf(await get(group, { startTime: now + 1, endTime: now + 11 }))).toEqual(['b', 'c', 'e'])
    const head = { startTime: now + 1, endTime: now + 11, startFromHead: true }
    expect(messagesOf(await get(group, head))).toEqual(['b', 'c', 'e'])
  })

  it('gives a MiB at a time', async () => {
    const group = await lab.makeGroup('uno')
    const text = 'x'.repeat(400_000)
    for (let index = 0; index < 3; index += 1) {
      await put(group, [{ timestamp: lab.clock.now(), message: `${index}${text}` }])
    }
    const page = await get(group, { startFromHead: true })
    expect(page.events).toHaveLength(2)
    expect((await get(group, { nextToken: page.nextForwardToken })).events).toHaveLength(1)
    expect((await get(group)).events?.map(({ message }) => message?.[0])).toEqual(['1', '2'])
  })

  it('refuses tokens of its own making, and too much at once', async () => {
    const group = await lab.makeGroup('uno')
    await expect(get(group, { nextToken: 'invalid-token' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The specified nextToken is invalid.',
    })
    await expect(get(group, { limit: 10_001 })).rejects.toMatchObject({
      message:
        "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
    })
  })
})

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

describe('TestMetricFilter', () => {
  it("shows what AWS's own example shows", async () => {
    const logEventMessages = [
      '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 200 1534',
      'nothing',
      '127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] "GET /apache_pb.gif HTTP/1.0" 500 5324',
    ]
    const filterPattern = '[..., status_code, size]'
    const { matches } = await lab.client.send(
      new TestMetricFilterCommand({ filterPattern, logEventMessages }),
    )
    expect(matches?.map(({ eventNumber }) => eventNumber)).toEqual([0, 2])
    expect(matches?.[0]).toEqual({
      eventNumber: 0,
      eventMessage: logEventMessages[0],
      extractedValues: {
        $1: '127.0.0.1',
        $2: '-',
        $3: 'frank',
        $4: '10/Oct/2000:13:25:15 -0700',
        $5: 'GET /apache_pb.gif HTTP/1.0',
        $status_code: '200',
        $size: '1534',
      },
    })
  })
})
