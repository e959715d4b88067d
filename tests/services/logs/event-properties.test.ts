import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  after,
  before,
  comparePositions,
  formatPosition,
  parsePosition,
} from '../../../src/services/logs/events/position.ts'
import { readStream, type StreamToken } from '../../../src/services/logs/events/read-stream.ts'
import { search } from '../../../src/services/logs/events/search.ts'
import { dropEventsBefore, sortedEvents, storeEvents } from '../../../src/services/logs/events/store.ts'
import { addGroup, addStream } from '../../../src/services/logs/groups/create.ts'
import { streamMemory } from '../../../src/services/logs/limits.ts'
import { compilePattern } from '../../../src/services/logs/patterns/pattern.ts'
import { createLogsState, type LogStream, type LogsState } from '../../../src/services/logs/state.ts'

const everything = compilePattern('')
const time = fc.integer({ min: 0, max: 6 })
/** Batches as they arrive: for which stream, with which times. */
const arrivals = fc.array(fc.record({ stream: fc.nat(2), times: fc.array(time, { maxLength: 5 }) }), {
  maxLength: 8,
})

interface Filled {
  readonly state: LogsState
  readonly streams: readonly LogStream[]
}

function fill(batches: readonly { stream: number; times: readonly number[] }[]): Filled {
  const state = createLogsState()
  const group = addGroup(state, { name: 'g' }, 0)
  const streams = ['a', 'b', 'c'].map(name => addStream(group, name, 0))
  for (const { stream, times } of batches) {
    const chosen = streams[stream]
    if (!chosen) continue
    const events = times.map(timestamp => ({ timestamp, message: `${chosen.name}${timestamp}` }))
    storeEvents(state, { stream: chosen, events }, 0)
  }
  return { state, streams }
}

describe('positions', () => {
  it('are written in their own order, and read back', () => {
    const position = fc.record({
      timestamp: fc.nat(4_102_444_800_000),
      sequence: fc.integer({ min: 1, max: 2 ** 40 }),
    })
    fc.assert(
      fc.property(position, position, (one, other) => {
        for (const each of [one, before(one), after(one)]) {
          expect(parsePosition(formatPosition(each))).toEqual(each)
        }
        const inDigits =
          formatPosition(one) < formatPosition(other)
            ? -1
            : formatPosition(one) > formatPosition(other)
              ? 1
              : 0
        expect(inDigits).toBe(Math.sign(comparePositions(one, other)))
      }),
    )
  })
})

describe('a stream', () => {
  it('is in order of time, and of arrival within it, however its events came', () => {
    fc.assert(
      fc.property(arrivals, batches => {
        for (const stream of fill(batches).streams) {
          const events = [...sortedEvents(stream)]
          expect(events).toEqual([...events].sort(comparePositions))
          expect(stream.messageBytes).toBe(events.reduce((sum, { bytes }) => sum + bytes, 0))
        }
      }),
    )
  })

  it('gives each event once, page by page, either way, while more come', () => {
    const limit = fc.integer({ min: 1, max: 4 })
    fc.assert(
      fc.property(
        arrivals,
        arrivals,
        limit,
        fc.constantFrom('f' as const, 'b' as const),
        (first, later, size, direction) => {
          const { state, streams } = fill(first.map(batch => ({ ...batch, stream: 0 })))
          const [stream] = streams
          if (!stream) return
          const seen: number[] = []
          let token: StreamToken | undefined
          const read = () => {
            const page = readStream(sortedEvents(stream), {
              startTime: 0,
              endTime: Number.POSITIVE_INFINITY,
              limit: size,
              startsFromHead: direction === 'f',
              token,
            })
            const sequences = page.events.map(({ sequence }) => sequence)
            if (direction === 'f') seen.push(...sequences)
            else seen.unshift(...sequences)
            const next = direction === 'f' ? page.forward : page.backward
            const hasRepeated = JSON.stringify(next) === JSON.stringify(token)
            token = next
            return hasRepeated
          }
          read()
          const present = stream.events.map(({ sequence }) => sequence)
          for (const { times } of later) {
            const events = times.map(timestamp => ({ timestamp, message: 'later' }))
            storeEvents(state, { stream, events }, 0)
          }
          for (let pages = 0; !read(); pages += 1) expect(pages).toBeLessThan(200)
          expect(new Set(seen).size).toBe(seen.length)
          expect(seen).toEqual(expect.arrayContaining(present))
          const order = sortedEvents(stream).map(({ sequence }) => sequence)
          expect(seen).toEqual(order.filter(sequence => seen.includes(sequence)))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('forgets its oldest events when it is full, and only those', () => {
    const state = createLogsState()
    const stream = addStream(addGroup(state, { name: 'g' }, 0), 's', 0)
    const message = 'x'.repeat(1_000_000)
    for (let index = 0; index < 150; index += 1) {
      storeEvents(state, { stream, events: [{ timestamp: index, message }] }, 0)
      expect(stream.messageBytes).toBeLessThanOrEqual(streamMemory.bytes)
    }
    const times = stream.events.map(({ timestamp }) => timestamp)
    expect(times.length).toBeGreaterThan(55)
    expect(times).toEqual(Array.from({ length: times.length }, (_, index) => 150 - times.length + index))
  })

  it('expires exactly what is older', () => {
    fc.assert(
      fc.property(arrivals, time, (batches, limit) => {
        for (const stream of fill(batches).streams) {
          const kept = sortedEvents(stream).filter(({ timestamp }) => timestamp >= limit)
          dropEventsBefore(stream, limit)
          expect(stream.events).toEqual(kept)
        }
      }),
    )
  })
})

describe('a search', () => {
  it('finds the events of all streams in one order, page by page', () => {
    fc.assert(
      fc.property(
        arrivals,
        fc.integer({ min: 1, max: 5 }),
        time,
        time,
        (batches, limit, startTime, endTime) => {
          const { streams } = fill(batches)
          const expected = streams
            .flatMap(stream => [...sortedEvents(stream)])
            .filter(({ timestamp }) => timestamp >= startTime && timestamp <= endTime)
            .sort(comparePositions)
          const found: unknown[] = []
          let from: { timestamp: number; sequence: number } | undefined = {
            timestamp: startTime,
            sequence: 0,
          }
          while (from) {
            const page = search({ streams, pattern: everything, from, endTime, limit })
            expect(page.found.length).toBeLessThanOrEqual(limit)
            found.push(...page.found.map(({ event }) => event))
            from = page.next
          }
          expect(found).toEqual(expected)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('finds an event that is longer than a page', () => {
    const state = createLogsState()
    const stream = addStream(addGroup(state, { name: 'g' }, 0), 's', 0)
    storeEvents(state, { stream, events: [{ timestamp: 1, message: 'x'.repeat(2_000_000) }] }, 0)
    const from = { timestamp: 0, sequence: 0 }
    const page = search({ streams: [stream], pattern: everything, from, endTime: 1, limit: undefined })
    expect(page.found).toHaveLength(1)
  })

  it('of 100,000 lines in ten streams takes well under a second', () => {
    const state = createLogsState()
    const group = addGroup(state, { name: 'g' }, 0)
    for (let index = 0; index < 100_000; index += 1) {
      const name = `s${index % 10}`
      const stream = group.streams.get(name) ?? addStream(group, name, 0)
      const message = JSON.stringify({
        level: index % 1000 === 0 ? 'error' : 'info',
        ms: index,
        text: 'una línea de una función',
      })
      storeEvents(state, { stream, events: [{ timestamp: index, message }] }, 0)
    }
    const searches = [
      ['error', 100],
      ['{ $.level = "error" && $.ms >= 50000 }', 50],
      ['%.level.:.err.r.%', 100],
    ] as const
    for (const [text, count] of searches) {
      const pattern = compilePattern(text)
      const startedAt = performance.now()
      let found = 0
      let from: { timestamp: number; sequence: number } | undefined = { timestamp: 0, sequence: 0 }
      while (from) {
        const page = search({
          streams: group.streams.values(),
          pattern,
          from,
          endTime: Number.POSITIVE_INFINITY,
          limit: undefined,
        })
        found += page.found.length
        from = page.next
      }
      expect(performance.now() - startedAt).toBeLessThan(1000)
      expect(found, text).toBe(count)
    }
  })
})
