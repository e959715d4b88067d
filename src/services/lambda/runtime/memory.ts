import { readFileSync } from 'node:fs'

/** What a process and those it started hold, in bytes. */
export interface MemoryUse {
  /** All that is resident, shared program text included. */
  readonly residentBytes: number
  /** What cannot be given back: what a limit is compared with. */
  readonly ownBytes: number
}

const nothing: MemoryUse = { residentBytes: 0, ownBytes: 0 }

/** Reads the memory of a process tree where the system tells (`/proc`); zero elsewhere. */
export function readMemory(pid: number): MemoryUse {
  if (process.platform !== 'linux') return nothing
  const own = readProcess(pid)
  return childrenOf(pid).reduce((sum, child) => {
    const { residentBytes, ownBytes } = readMemory(child)
    return { residentBytes: sum.residentBytes + residentBytes, ownBytes: sum.ownBytes + ownBytes }
  }, own)
}

function readProcess(pid: number): MemoryUse {
  const status = readProc(`/proc/${pid}/status`)
  const field = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024
  return { residentBytes: field('VmRSS'), ownBytes: field('RssAnon') + field('RssShmem') }
}

function childrenOf(pid: number): number[] {
  return readProc(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
}

/** Empty for what has ended. */
function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return ''
    throw error
  }
}
