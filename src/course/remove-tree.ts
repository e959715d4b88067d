import { chmodSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isCode } from './error-codes.ts'

/**
 * Removes a folder that a student's code wrote to: it may have taken away its own permissions there, which must not
 * keep us from removing it. Links are removed, never followed.
 */
export function removeTree(folder: string): void {
  try {
    removeNow(folder)
  } catch (error) {
    if (!isCode(error, 'EACCES') && !isCode(error, 'EPERM') && !isCode(error, 'ENOTEMPTY')) throw error
    openFolders(folder)
    removeNow(folder)
  }
}

function removeNow(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

function openFolders(folder: string): void {
  chmodSync(folder, 0o700)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) openFolders(join(folder, entry.name))
  }
}
