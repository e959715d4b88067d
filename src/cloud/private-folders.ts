import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const prefix = 'taller-nube-'

const liveFolders = new Set<string>()

/** One listener for all clouds of the process: what is still there when it ends goes with it. */
function removeLiveFolders(): void {
  for (const folder of liveFolders) removePrivateFolder(folder)
}

/** Creates a private folder of this process and removes those of processes that are gone. */
export function createPrivateFolder(): string {
  removeOrphans()
  const folder = join(tmpdir(), `${prefix}${process.pid}-${Math.random().toString(36).slice(2, 10)}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (liveFolders.size === 0) process.once('exit', removeLiveFolders)
  liveFolders.add(folder)
  return folder
}

/** Removes the folder and all in it; a missing one is fine. */
export function removePrivateFolder(folder: string): void {
  // A file that is just being made in it shows as ENOTEMPTY: then it is tried again.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
  if (liveFolders.delete(folder) && liveFolders.size === 0) process.removeListener('exit', removeLiveFolders)
}

function removeOrphans(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN
    if (Number.isInteger(owner) && !isRunning(owner)) removePrivateFolder(join(tmpdir(), name))
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    // EPERM means that it runs and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
