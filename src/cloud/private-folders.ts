import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRunning, ownIdentity } from './process-identity.ts'

const prefix = 'taller-nube-'

const liveFolders = new Set<string>()

/** One listener for all clouds of the process: what is still there when it ends goes with it. */
function removeLiveFolders(): void {
  for (const folder of liveFolders) removePrivateFolder(folder)
}

/** Creates a private folder of this process and removes those of processes that are gone. */
export function createPrivateFolder(): string {
  removeOrphanedFolders()
  const { pid, began } = ownIdentity()
  const mark = Math.random().toString(36).slice(2, 10)
  const folder = join(tmpdir(), `${prefix}${[pid, began, mark].filter(Boolean).join('-')}`)
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

/** Removes the private folders of this user's processes that were killed before they could do it themselves. */
export function removeOrphanedFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), name)
    if (isOrphan(name) && isOwn(folder)) removeIfPossible(folder)
  }
}

function removeIfPossible(folder: string): void {
  try {
    removePrivateFolder(folder)
  } catch {
    // Something in it is another user's (of a container, say). It is in nobody's way, and the next start tries again.
  }
}

/** Its name says which process made it, and where the system tells it, when that began. */
function isOrphan(name: string): boolean {
  const [, pid, began = ''] = /^taller-nube-(\d+)-(?:(\w+)-)?\w+$/.exec(name) ?? []
  return pid !== undefined && !isRunning({ pid: Number(pid), began })
}

function isOwn(folder: string): boolean {
  const owner = lstatSync(folder, { throwIfNoEntry: false })?.uid
  return process.getuid === undefined || owner === process.getuid()
}
