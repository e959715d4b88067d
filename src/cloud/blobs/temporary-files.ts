import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asDiskError, type Disk } from '../disk.ts'
import { createPrivateFolder, removePrivateFolder } from '../private-folders.ts'
import { type BlobFiles, createNames, heldBody } from './files.ts'
import type { Place } from './place.ts'
import { storedFiles } from './recover.ts'
import { createRemovals } from './removals.ts'
import { writeFile } from './write-file.ts'

/** Creates files that go with the process, in a private temporary folder that is made for the first of them. */
export function createTemporaryFiles(disk: Disk): BlobFiles {
  let folder: string | undefined
  const newName = createNames()
  const makeFolder = (): string => {
    try {
      return createPrivateFolder()
    } catch (error) {
      throw asDiskError(error, tmpdir())
    }
  }
  const place = (): Place => {
    folder ??= makeFolder()
    // Files are removed at once: there are none to wait for.
    return { disk, folder, makeRoom: async () => false }
  }
  const removals = createRemovals(name => {
    if (folder !== undefined) rmSync(join(folder, name), { force: true })
  })
  const clear = (): void => {
    if (folder !== undefined) removePrivateFolder(folder)
    folder = undefined
  }
  return {
    smallBlobBytes: 64 * 1024,
    write: async incoming => {
      const name = newName()
      return { kind: 'file', name, size: await writeFile(place(), name, incoming) }
    },
    adopt: async (name, incoming) => {
      await writeFile(place(), name, incoming)
    },
    read: (blob, start, end) => heldBody(place, removals, { blob, start, end }),
    remove: ({ name }) => removals.remove(name),
    list: () => (folder === undefined ? undefined : { folder, names: storedFiles(folder) }),
    hold: removals.hold,
    beforeFlush: async () => undefined,
    afterFlush: () => undefined,
    recover: async () => ({ removed: [], missing: [], damaged: [] }),
    clear,
    close: async () => clear(),
  }
}
