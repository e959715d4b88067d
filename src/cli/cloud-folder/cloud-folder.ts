import { lstat, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Where `npm run cloud` keeps its state, relative to the workshop. */
export const cloudFolder = '.taller/nube'

/** How much a folder holds. */
export interface FolderSize {
  readonly files: number
  readonly bytes: number
}

/** Counts what is in a folder and below; `undefined` when it is not there. */
export async function measureFolder(folder: string): Promise<FolderSize | undefined> {
  try {
    await lstat(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile())
  const sizes = await Promise.all(files.map(({ parentPath, name }) => sizeOf(join(parentPath, name))))
  return { files: files.length, bytes: sizes.reduce((sum, bytes) => sum + bytes, 0) }
}

/** A running cloud removes files while they are counted: one that is gone has no bytes. */
async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
