import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventCalls, eventsFrom, type LogsLab, messagesOf, startLogsLab } from '../lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

const { put, get } = eventCalls(() => lab)

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
