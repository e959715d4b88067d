import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterPrefix, fromOrdered, toOrdered } from '../../../../src/services/s3/keys/byte-order.ts'
import {
  addKey,
  createKeyIndex,
  type KeyIndex,
  removeKey,
  seekKey,
  takeKey,
} from '../../../../src/services/s3/keys/key-index.ts'

function keysFrom(index: KeyIndex, from: string): string[] {
  const position = seekKey(index, from)
  const keys: string[] = []
  for (let key = takeKey(index, position); key !== undefined; key = takeKey(index, position)) keys.push(key)
  return keys
}

const unicodeText = fc.string({ unit: 'grapheme', maxLength: 6 })

describe('the order of keys', () => {
  it('is that of UTF-8 bytes', () => {
    fc.assert(
      fc.property(unicodeText, unicodeText, (left, right) => {
        const ordered = toOrdered(left) < toOrdered(right)
        expect(ordered).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)) < 0)
      }),
    )
  })

  it('puts what lies beyond U+FFFF after U+FFxx', () => {
    expect(toOrdered('\u{1f600}') > toOrdered('\uff5e')).toBe(true)
    expect('\u{1f600}' > '\uff5e').toBe(false)
  })

  it('gives the key back', () => {
    fc.assert(
      fc.property(unicodeText, key => {
        expect(fromOrdered(toOrdered(key))).toBe(key)
      }),
    )
  })

  it('has an end for each prefix', () => {
    fc.assert(
      fc.property(unicodeText, unicodeText, (prefix, rest) => {
        const end = afterPrefix(toOrdered(prefix))
        if (end === undefined) expect(prefix).toBe('')
        else expect(toOrdered(prefix + rest) < end).toBe(true)
      }),
    )
    expect(afterPrefix('a/')).toBe('a0')
    expect(afterPrefix('a\uffff')).toBe('b')
  })
})

describe('the key index', () => {
  it('holds what a sorted set would after any additions and removals', () => {
    const change = fc.record({
      isAddition: fc.boolean(),
      key: fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 5 }),
    })
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 200 }),
        fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 3 }),
        (changes, from) => {
          const index = createKeyIndex()
          const model = new Set<string>()
          for (const { isAddition, key } of changes) {
            if (isAddition && !model.has(key)) addKey(index, key)
            if (!isAddition) removeKey(index, key)
            if (isAddition) model.add(key)
            else model.delete(key)
          }
          expect(keysFrom(index, from)).toEqual([...model].filter(key => key >= from).sort())
        },
      ),
    )
  })

  it.each([
    { order: 'ascending', at: (step: number) => step },
    { order: 'descending', at: (step: number) => 5000 - step },
    { order: 'scattered', at: (step: number) => (step * 7919) % 5001 },
  ])('splits into full chunks: $order', ({ at }) => {
    const index = createKeyIndex()
    for (let step = 0; step < 5000; step++) addKey(index, String(at(step)).padStart(6, '0'))
    const keys = keysFrom(index, '')
    expect(keys).toHaveLength(5000)
    expect(keys).toEqual([...keys].sort())
    expect(index.chunks.length).toBeLessThan(12)
    for (const key of keys) removeKey(index, key)
    expect(index.chunks).toEqual([])
  })
})
