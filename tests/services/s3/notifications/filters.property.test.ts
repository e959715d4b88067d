import type { Event } from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  findOverlap,
  isNotifiedOf,
  type NotificationFilter,
} from '../../../../src/services/s3/notifications/filters.ts'

const kinds: readonly Event[] = [
  's3:ObjectCreated:*',
  's3:ObjectCreated:Put',
  's3:ObjectCreated:Copy',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:LifecycleTransition',
]
const concrete = [
  's3:ObjectCreated:Put',
  's3:ObjectCreated:Copy',
  's3:ObjectRemoved:Delete',
  's3:ObjectRemoved:DeleteMarkerCreated',
  's3:LifecycleTransition',
]
/** Few characters, so that filters and keys often meet. */
const text = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b', '/', 'ñ'), maxLength })
const filter: fc.Arbitrary<NotificationFilter> = fc.record({
  events: fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1, maxLength: 3 }),
  rules: fc
    .tuple(fc.option(text(3), { nil: undefined }), fc.option(text(3), { nil: undefined }))
    .map(([prefix, suffix]) => [
      ...(suffix === undefined ? [] : [{ name: 'suffix' as const, value: suffix }]),
      ...(prefix === undefined ? [] : [{ name: 'prefix' as const, value: prefix }]),
    ]),
})

/** What a filter says, read letter by letter. */
function naiveMatch({ events, rules }: NotificationFilter, eventName: string, key: string): boolean {
  const isMeant = events.some(event => {
    const [, family, name] = event.split(':')
    const [, happenedFamily, happenedName] = eventName.split(':')
    return family === happenedFamily && (name === '*' || name === happenedName)
  })
  return (
    isMeant &&
    rules.every(({ name, value }) =>
      name === 'prefix'
        ? key.slice(0, value.length) === value
        : value === '' || key.slice(-value.length) === value,
    )
  )
}

/** Every key that two filters of at most three letters at each end could both be about. */
function candidateKeys(filters: readonly NotificationFilter[]): string[] {
  const ends = filters.flatMap(({ rules }) => rules.map(({ value }) => value))
  return ['', ...ends].flatMap(start => ['', ...ends].map(end => start + end))
}

it('a filter takes exactly what it says', () => {
  fc.assert(
    fc.property(filter, fc.constantFrom(...concrete), text(6), (one, eventName, key) => {
      expect(isNotifiedOf(one, eventName, key)).toBe(naiveMatch(one, eventName, key))
    }),
    { numRuns: 2000 },
  )
})

it('two filters overlap exactly when some event of some key would be told twice', () => {
  fc.assert(
    fc.property(filter, filter, (left, right) => {
      const meets = candidateKeys([left, right]).some(key =>
        concrete.some(event => naiveMatch(left, event, key) && naiveMatch(right, event, key)),
      )
      expect(findOverlap(left, right) !== undefined).toBe(meets)
      expect(findOverlap(right, left) !== undefined).toBe(meets)
    }),
    { numRuns: 2000 },
  )
})
