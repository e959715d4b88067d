import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own, in memory. */
export interface SmallDisk {
  readonly folder: string
  unmount(): void
}

/** Mounts one; `undefined` where this user may not mount anything. */
export function mountSmallDisk(bytes: number): SmallDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'taller-disco-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'taller', folder], { stdio: 'ignore' })
  } catch {
    // A container without the right to mount: the tests that need it say that they were skipped.
    rmSync(folder, { recursive: true })
    return undefined
  }
  return {
    folder,
    unmount: () => {
      // Lazily: a test that failed may have left a cloud that uses it.
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true })
    },
  }
}
