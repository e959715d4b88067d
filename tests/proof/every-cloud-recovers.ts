import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import type * as cloudModule from '../../src/cloud/cloud.ts'
import type * as persistenceModule from '../../src/cloud/persistence/persistence.ts'
import { readJournal } from '../../src/cloud/persistence/recover.ts'
import { differenceOf } from './same-graph.ts'

/**
 * With this setup file each cloud of a test has a data folder. When it closes, a copy of the folder is recovered and must
 * hold exactly what the cloud had in memory: a record that a service changed by a reference of its own, and not through the
 * state, is found here with its path.
 */
vi.mock('../../src/cloud/cloud.ts', async importOriginal => {
  const original = await importOriginal<typeof cloudModule>()
  const startCloud: typeof original.startCloud = async (services, options = {}) => {
    if (options.dataFolder !== undefined || options.snapshot !== undefined || options.disk !== undefined)
      return original.startCloud(services, options)
    const dataFolder = mkdtempSync(join(tmpdir(), 'taller-proof-'))
    const cloud = await original.startCloud(services, { ...options, dataFolder })
    return {
      ...cloud,
      close: async () => {
        try {
          await cloud.close()
        } finally {
          rmSync(dataFolder, { recursive: true, force: true })
        }
      },
    }
  }
  return { ...original, startCloud }
})

vi.mock('../../src/cloud/persistence/persistence.ts', async importOriginal => {
  const original = await importOriginal<typeof persistenceModule>()
  const openPersistence: typeof original.openPersistence = async options => {
    const bugs: unknown[] = []
    const persistence = await original.openPersistence({
      ...options,
      onBug: (error, where) => {
        bugs.push(error)
        options.onBug(error, where)
      },
    })
    let isClosed = false
    return {
      ...persistence,
      close: async () => {
        if (isClosed) return
        isClosed = true
        const difference = await recoveredDifference(persistence).finally(persistence.close)
        if (bugs.length > 0) throw bugs[0]
        if (difference !== undefined) throw new Error(`changed behind the state's back: ${difference}`)
      },
    }
  }
  return { ...original, openPersistence }
})

/** What differs between a cloud's memory and its folder, at a moment when all is written. */
async function recoveredDifference(persistence: persistenceModule.Persistence): Promise<string | undefined> {
  for (let waiting = persistence.durability.settled(); waiting; waiting = persistence.durability.settled())
    await waiting
  const copy = mkdtempSync(join(tmpdir(), 'taller-proof-copy-'))
  try {
    cpSync(persistence.folder, copy, { recursive: true, filter: path => !path.endsWith('.blob') })
    return differenceOf(persistence.plainMemory(), readJournal(copy)?.reader.root)
  } finally {
    rmSync(copy, { recursive: true })
  }
}
