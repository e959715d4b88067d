import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readSnapshot, type Snapshottable, writeSnapshot } from '../snapshot.ts'
import { lockFolder } from './folder-lock.ts'
import type { PersistenceFacts } from './recovered.ts'

/** A cloud's data folder, held. */
export interface OpenFolder extends PersistenceFacts {
  /** Writes the states and lets go of the folder. */
  close(): Promise<void>
}

/**
 * Takes a data folder and what a cloud left in it.
 * @throws UserError `data-folder-busy` when another cloud holds it
 */
export async function openFolder(dataFolder: string, parts: Snapshottable): Promise<OpenFolder> {
  const folder = resolve(dataFolder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const release = lockFolder(folder)
  const began = performance.now()
  const place = join(folder, 'states')
  const isNew = !existsSync(place)
  if (!isNew) await readSnapshot(place, parts)
  return {
    folder,
    recovered: {
      isNew,
      repairedBytes: 0,
      states: [...parts.states.entries()].length,
      records: 0,
      ...(!isNew && { lastChangeAt: statSync(place).mtimeMs }),
      milliseconds: performance.now() - began,
    },
    close: async () => {
      await writeSnapshot(place, parts)
      release()
    },
  }
}
