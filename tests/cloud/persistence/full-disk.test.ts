import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPersistence } from '../../../src/cloud/persistence/persistence.ts'
import { readJournal } from '../../../src/cloud/persistence/recover.ts'
import type { DiskTrouble } from '../../../src/cloud/persistence/trouble-teller.ts'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'
import { createFaultyDisk } from '../faulty-disk.ts'

const faulty = createFaultyDisk()
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taller-full-'))
})
afterEach(() => {
  faulty.mend()
  rmSync(folder, { recursive: true })
})

const journalBytes = (): number => statSync(join(folder, 'journal.1')).size

describe('a cloud whose data folder cannot be written', () => {
  const told: DiskTrouble[] = []
  let cloud: LocalCloud

  const request = async (method: string, path: string, body?: string) => {
    const answer = await fetch(`${cloud.url}${path}`, { method, ...(body !== undefined && { body }) })
    return { status: answer.status, text: await answer.text() }
  }

  beforeEach(async () => {
    told.length = 0
    // A test listens by a method of its own.
    Reflect.deleteProperty(told, 'push')
    cloud = await startLocalCloud({
      port: 0,
      dataFolder: folder,
      disk: faulty.disk,
      onDiskTrouble: trouble => told.push(trouble),
    })
    await request('PUT', '/cubo')
    await request('PUT', '/cubo/antes', 'antes')
  })
  afterEach(() => cloud.close())

  const troubles: [string, () => void, RegExp][] = [
    ['has no room left', () => faulty.limit(journalBytes()), /no room is left .*\(ENOSPC\)/],
    ['has room for half a change', () => faulty.limit(journalBytes() + 60), /no room is left .*\(ENOSPC\)/],
    ['cannot make durable what it wrote', () => faulty.break('sync', 'EIO'), /the disk failed .*\(EIO\)/],
  ]
  it.each(troubles)(
    '%s: refuses what changes something, answers the rest, and goes on later',
    async (...row) => {
      const [, fail, message] = row
      fail()
      for (const key of ['uno', 'dos']) {
        const { status, text } = await request('PUT', `/cubo/${key}`, 'x'.repeat(500))
        expect(status).toBe(503)
        expect(text).toContain('<Code>ServiceUnavailable</Code>')
        expect(text).toMatch(message)
      }
      expect(await request('GET', '/cubo/antes')).toEqual({ status: 200, text: 'antes' })
      expect((await request('GET', '/cubo/nada')).status).toBe(404)
      expect(told).toEqual([{ folder, code: expect.stringMatching(/^(ENOSPC|EIO)$/) }])
      faulty.mend()
      expect((await request('PUT', '/cubo/tres', 'tres')).status).toBe(200)
      expect(told.slice(1)).toEqual([{ folder }])
      await cloud.close()
      cloud = await startLocalCloud({ port: 0, dataFolder: folder })
      expect(cloud.persistence?.recovered).toMatchObject({ isNew: false, repairedBytes: 0, lostFiles: [] })
      expect(await request('GET', '/cubo/antes')).toEqual({ status: 200, text: 'antes' })
      expect(await request('GET', '/cubo/tres')).toEqual({ status: 200, text: 'tres' })
      // The first had changed the state before it was refused, and was written when that was possible; then none got so far.
      expect((await request('GET', '/cubo/uno')).status).toBe(200)
      expect((await request('GET', '/cubo/dos')).status).toBe(404)
    },
  )

  it('tries again by itself, and tells when all is written', async () => {
    faulty.break('write', 'ENOSPC')
    expect((await request('PUT', '/cubo/uno', 'uno')).status).toBe(503)
    const isWell = new Promise<void>(resolve => {
      told.push = (...messages) => {
        resolve()
        return Array.prototype.push.apply(told, messages)
      }
    })
    faulty.mend()
    await isWell
    expect(told[1]).toEqual({ folder })
  })

  it('can be closed all the same, and holds what was acknowledged', async () => {
    faulty.break('write', 'ENOSPC')
    expect((await request('PUT', '/cubo/uno', 'uno')).status).toBe(503)
    await cloud.close()
    faulty.mend()
    cloud = await startLocalCloud({ port: 0, dataFolder: folder })
    expect(await request('GET', '/cubo/antes')).toEqual({ status: 200, text: 'antes' })
  })
})

describe('a compaction for which there is no room', () => {
  it('is given up, and the journal in use goes on', async () => {
    const troubles: DiskTrouble[] = []
    const persistence = await openPersistence({
      folder,
      disk: faulty.disk,
      compactionBytes: 2000,
      onTrouble: trouble => troubles.push(trouble),
      onBug: error => {
        throw error
      },
    })
    const states = persistence.memory.states as unknown as Map<string, unknown>
    states.set('first', {})
    await persistence.durability.settled()
    faulty.break('open', 'ENOSPC')
    for (let index = 0; index < 40; index++) {
      states.set(`key ${index}`, { text: 'x'.repeat(100) })
      await persistence.durability.settled()
    }
    expect(readdirSync(folder)).toContain('journal.1')
    expect(journalBytes()).toBeGreaterThan(4000)
    faulty.mend()
    for (let index = 0; readdirSync(folder).includes('journal.1'); index++) {
      states.set(`later ${index}`, { text: 'x'.repeat(100) })
      await persistence.durability.settled()
    }
    expect(troubles).toEqual([])
    const names = [...states.keys()]
    await persistence.close()
    const kept = readJournal(folder)?.reader.root.states as Map<string, unknown>
    expect([...kept.keys()]).toEqual(names)
  })
})
