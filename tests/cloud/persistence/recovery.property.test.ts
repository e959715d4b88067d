import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPersistence, type Persistence } from '../../../src/cloud/persistence/persistence.ts'
import { readJournal } from '../../../src/cloud/persistence/recover.ts'
import { differenceOf } from '../../proof/same-graph.ts'

let scratch: string
let count = 0

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'taller-recovery-'))
})
afterAll(() => rmSync(scratch, { recursive: true }))

const newFolder = (): string => join(scratch, String(count++))

const open = (folder: string, compactionBytes?: number): Promise<Persistence> =>
  openPersistence({
    folder,
    ...(compactionBytes !== undefined && { compactionBytes }),
    onTrouble: ({ code }) => {
      throw new Error(`the disk answers ${code}`)
    },
    onBug: error => {
      throw error
    },
  })

type Fields = Record<string, unknown>
type Holder = Fields | unknown[] | Map<unknown, unknown> | Set<unknown>

/** Names and keys are few, so that they meet; some are such as only tests think of. */
const name = fc.constantFrom('a', 'b', 'c', 'long name', 'ñandú', '__proto__x', 'a\0b', '\ud800', '10')
const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constantFrom(null, undefined, -0, Number.NaN, 12n),
  fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes)),
  fc.uint8Array({ maxLength: 20 }),
  fc.date(),
  fc.string({ minLength: 40, maxLength: 80 }),
)
const fresh = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map(entries => new Map(entries)),
    fc.array(tie('value'), { maxLength: 3 }).map(values => new Set(values)),
  ),
})).value

/** One thing that a service might do; numbers choose among what is there. */
const action = fc.oneof(
  fc.record({ do: fc.constant('write' as const), where: fc.nat(), name, value: fresh, index: fc.nat() }),
  fc.record({ do: fc.constant('share' as const), where: fc.nat(), name, index: fc.nat(), what: fc.nat() }),
  fc.record({ do: fc.constant('copy' as const), where: fc.nat(), name, index: fc.nat(), what: fc.nat() }),
  fc.record({ do: fc.constant('remove' as const), where: fc.nat(), name, index: fc.nat() }),
  fc.record({
    do: fc.constant('rearrange' as const),
    where: fc.nat(),
    how: fc.constantFrom('sort', 'reverse', 'shift', 'unshift', 'splice', 'length', 'fill', 'clear'),
    index: fc.nat(),
    value: fresh,
  }),
)
const step = fc.oneof(
  { weight: 8, arbitrary: action },
  { weight: 2, arbitrary: fc.constant({ do: 'flush' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
)
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

/** Containers that can be reached, as views. */
function holdersOf(root: Holder): Holder[] {
  const holders: Holder[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof Date)
      return
    const holder = value as Holder
    if (holders.includes(holder)) return
    holders.push(holder)
    const children = holder instanceof Map || holder instanceof Set ? holder.values() : Object.values(holder)
    for (const child of children) visit(child)
  }
  visit(root)
  return holders
}

function put(holder: Holder, { name: key, index }: { name: string; index: number }, value: unknown): void {
  if (holder instanceof Map) holder.set(key, value)
  else if (holder instanceof Set) holder.add(value)
  else if (!Array.isArray(holder)) holder[key] = value
  else if (index % 3 === 0) holder.push(value)
  else if (holder.length > 0) holder[index % holder.length] = value
  else holder.unshift(value)
}

function remove(holder: Holder, { name: key, index }: { name: string; index: number }): void {
  if (holder instanceof Map) holder.delete(key)
  else if (holder instanceof Set) holder.delete([...holder][index % Math.max(1, holder.size)])
  else if (Array.isArray(holder)) holder.splice(index % (holder.length + 1), 1)
  else delete holder[key]
}

const arrayMoves: Readonly<Record<string, (array: unknown[], index: number, value: unknown) => void>> = {
  sort: array => array.sort((a, b) => String(typeof a).localeCompare(String(typeof b))),
  reverse: array => array.reverse(),
  shift: array => array.shift(),
  unshift: (array, _, value) => array.unshift(value),
  splice: (array, index, value) => array.splice(-(index % 5), index % 3, value, value),
  length: (array, index) => {
    array.length = Math.min(array.length, index % 4)
  },
  fill: (array, index, value) => array.fill(value, index % 3),
  clear: array => array.splice(0),
}

function perform(root: Holder, each: Exclude<Step, { do: 'flush' | 'restart' }>): void {
  const holders = holdersOf(root)
  const holder = holders[each.where % holders.length] as Holder
  if (each.do === 'write') put(holder, each, each.value)
  else if (each.do === 'remove') remove(holder, each)
  else if (each.do === 'rearrange') {
    if (Array.isArray(holder)) arrayMoves[each.how]?.(holder, each.index, each.value)
    else if (each.how === 'clear' && holder !== root && (holder instanceof Map || holder instanceof Set))
      holder.clear()
  } else {
    const what = holders[each.what % holders.length] as Holder
    // A copy holds views of what its original holds.
    const copy = what instanceof Map ? new Map(what) : Array.isArray(what) ? [...what] : { ...what }
    put(holder, each, each.do === 'share' ? what : copy)
  }
}

describe('what is recovered', () => {
  it('is what was changed, whatever the changes, flushes, compactions and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.constantFrom(100, 2000, 1e9),
        async (steps, size) => {
          const folder = newFolder()
          let persistence = await open(folder, size)
          const rootOf = ({ memory }: Persistence) => memory.states as unknown as Map<unknown, unknown>
          rootOf(persistence).set('start', {})
          for (const each of steps) {
            if (each.do === 'flush') await persistence.durability.settled()
            else if (each.do === 'restart') {
              const before = persistence.plainMemory()
              await persistence.close()
              persistence = await open(folder, size)
              expect(differenceOf(before, persistence.plainMemory())).toBeUndefined()
            } else perform(rootOf(persistence), each)
          }
          await persistence.durability.settled()
          expect(differenceOf(persistence.plainMemory(), readJournal(folder)?.reader.root)).toBeUndefined()
          // No view lies in it.
          expect(serialize(persistence.plainMemory()).length).toBeGreaterThan(0)
          await persistence.close()
          rmSync(folder, { recursive: true })
        },
      ),
      { numRuns: 150 },
    )
  })

  it.each([
    ['a date', new Date(5)],
    ['bytes', Buffer.from('a')],
  ])('a set from which %s was taken stays without it, and with the others', async (_, gone) => {
    const folder = newFolder()
    const persistence = await open(folder)
    const states = persistence.memory.states as unknown as Map<string, Set<unknown>>
    states.set('set', new Set([gone, 'stays', 7]))
    await persistence.durability.settled()
    states.get('set')?.delete(gone)
    await persistence.durability.settled()
    const kept = readJournal(folder)?.reader.root.states as Map<string, Set<unknown>>
    expect([...(kept.get('set') ?? [])]).toEqual(['stays', 7])
    await persistence.close()
  })

  it('is the last flush before the cut, wherever a journal is cut', async () => {
    const folder = newFolder()
    const persistence = await open(folder)
    const root = persistence.memory.states as unknown as Map<unknown, unknown>
    const journal = join(folder, 'journal.1')
    const flushed: { length: number; memory: unknown }[] = []
    const note = (): void => {
      flushed.push({
        length: statSync(journal).size,
        memory: deserialize(serialize(persistence.plainMemory())),
      })
    }
    note()
    for (let round = 0; round < 4; round++) {
      root.set(`key ${round}`, {
        round,
        list: [round, 'ñ'.repeat(round)],
        bytes: Buffer.alloc(round * 10, round),
      })
      if (round === 2) root.delete('key 0')
      await persistence.durability.settled()
      note()
    }
    await persistence.close()
    const first = flushed[0]?.length ?? 0
    const last = flushed.at(-1)?.length ?? 0
    expect(last).toBeGreaterThan(first + 100)
    for (let length = first; length <= last; length++) {
      const copy = newFolder()
      cpSync(folder, copy, { recursive: true })
      truncateSync(join(copy, 'journal.1'), length)
      const whole = flushed.findLast(each => each.length <= length)
      const recovered = await open(copy)
      expect(differenceOf(whole?.memory, recovered.plainMemory())).toBeUndefined()
      expect(recovered.recovered.repairedBytes).toBe(length - (whole?.length ?? 0))
      // What comes next is not lost behind what was cut.
      recovered.memory.meta.clockOffset = 7
      await recovered.close()
      expect(readJournal(copy)?.reader.root).toMatchObject({ meta: { clockOffset: 7 } })
      rmSync(copy, { recursive: true })
    }
    expect(readdirSync(folder)).toEqual(['blobs', 'journal.1'])
  })
})
