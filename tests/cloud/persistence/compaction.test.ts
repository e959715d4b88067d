import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPersistence, type Persistence } from '../../../src/cloud/persistence/persistence.ts'
import { readJournal } from '../../../src/cloud/persistence/recover.ts'
import { differenceOf } from '../../proof/same-graph.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taller-compaction-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = (compactionBytes: number): Promise<Persistence> =>
  openPersistence({
    folder,
    compactionBytes,
    onTrouble: ({ code }) => {
      throw new Error(`the disk answers ${code}`)
    },
    onBug: error => {
      throw error
    },
  })

const journals = (): string[] => readdirSync(folder).filter(name => name.startsWith('journal.'))

interface Item {
  count: number
  readonly list: string[]
  next: Item | undefined
}

describe('a journal that has grown long', () => {
  it('is written anew while its states go on changing, and says the same', async () => {
    let persistence = await open(50_000)
    const items = persistence.memory.states as unknown as Map<string, Item>
    for (let index = 0; index < 5000; index++) items.set(`${index}`, { count: 0, list: [], next: undefined })
    await persistence.durability.settled()
    // Changes in every turn: of records that were written anew already, and of such as were not, and links between both.
    for (let turn = 0; journals().some(name => name === 'journal.1'); turn++) {
      const item = items.get(`${(turn * 977) % 5000}`)
      if (!item) throw new Error('a record went away')
      item.count += 1
      item.list.push(`turn ${turn}`)
      if (item.list.length > 2) item.list.shift()
      item.next = items.get(`${(turn * 31) % 5000}`)
      if (turn % 3 === 0) items.set(`late ${turn}`, { count: turn, list: [], next: item })
      if (turn % 50 === 0) void persistence.plainMemory()
      if (turn % 2 === 0) await nextTurn()
      else await persistence.durability.settled()
    }
    items.get('7')?.list.push('after')
    await persistence.durability.settled()
    expect(journals()).toEqual(['journal.2'])
    expect(differenceOf(persistence.plainMemory(), readJournal(folder)?.reader.root)).toBeUndefined()
    const before = persistence.plainMemory()
    await persistence.close()
    persistence = await open(1e9)
    expect(persistence.recovered.repairedBytes).toBe(0)
    expect(differenceOf(before, persistence.plainMemory())).toBeUndefined()
    await persistence.close()
  })

  it('forgets what no state holds any more', async () => {
    const persistence = await open(50_000)
    const items = persistence.memory.states as unknown as Map<string, string>
    for (let round = 0; journals().includes('journal.1'); round++) {
      items.set('only', `${round}`.padEnd(1000, 'x'))
      await persistence.durability.settled()
    }
    const [name] = journals()
    expect(name).toBe('journal.2')
    expect(statSync(join(folder, 'journal.2')).size).toBeLessThan(10_000)
    await persistence.close()
  })
})
