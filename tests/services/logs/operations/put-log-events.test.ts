import { type InputLogEvent, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventCalls, eventsFrom, type LogsLab, messagesOf, startLogsLab } from '../lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

const dayMilliseconds = 24 * 60 * 60 * 1000
const hourMilliseconds = 60 * 60 * 1000

const { put, get } = eventCalls(() => lab)

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
