import { lstat, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { lockFolder } from '../../cloud/persistence/folder-lock.ts'
import { type FolderSize, measureFolder } from './cloud-folder.ts'

/** What became of a data folder that should be emptied. */
export type Emptied =
  | { readonly kind: 'absent' }
  /** `name` is something that no cloud put there, so nothing was touched. */
  | { readonly kind: 'foreign'; readonly name: string }
  | ({ readonly kind: 'removed' } & FolderSize)

/** Names of what clouds put into their data folders. */
const ownNames = /^(?:lock(?:\..+)?|address(?:\.\d+)?|blobs|journal\.\d+(?:\.tmp)?)$/

/**
 * Removes a data folder that no cloud holds, and only when all in it is a cloud's.
 * @throws UserError `data-folder-busy` when a cloud has taken it meanwhile
 */
export async function emptyFolder(folder: string): Promise<Emptied> {
  await removeLeftovers(folder)
  const size = await measureFolder(folder)
  if (size === undefined) return { kind: 'absent' }
  const foreign = await findForeign(folder)
  if (foreign !== undefined) return { kind: 'foreign', name: foreign }
  const release = lockFolder(folder)
  const aside = `${folder}.${process.pid}`
  try {
    // In one step: a removal that is cut off leaves no half of a cloud under the name that the next one opens.
    await rename(folder, aside)
  } finally {
    release()
  }
  await rm(aside, { recursive: true })
  return { kind: 'removed', ...size }
}

/** What a removal that was cut off has left beside the folder: `nube.812`. */
async function removeLeftovers(folder: string): Promise<void> {
  const parent = dirname(folder)
  const names = await readdir(parent).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const leftover = (name: string): boolean => /^\.\d+$/.test(name.slice(basename(folder).length))
  for (const name of names.filter(name => name.startsWith(basename(folder)) && leftover(name))) {
    await rm(join(parent, name), { recursive: true, force: true })
  }
}

async function findForeign(folder: string): Promise<string | undefined> {
  // A link leads to somebody's folder, whatever is in it.
  if (!(await lstat(folder)).isDirectory()) return folder
  return (await readdir(folder)).find(name => !ownNames.test(name))
}
