import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process, and when it began: numbers of processes are used again. */
export interface ProcessIdentity {
  readonly pid: number
  /** As the system tells it, letters and digits only; empty where it does not. */
  readonly began: string
}

let own: ProcessIdentity | undefined

/** This process. */
export function ownIdentity(): ProcessIdentity {
  own ??= { pid: process.pid, began: beganAt(process.pid) }
  return own
}

/** Whether that very process still runs, and no later one with its number. */
export function isRunning({ pid, began }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM means that it runs and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const now = began === '' ? '' : beganAt(pid)
  return began === '' || now === '' || now === began
}

/** When a process began, in the system's own words; empty where they cannot be had. */
function beganAt(pid: number): string {
  if (process.platform === 'linux') {
    try {
      // After the name, which may hold anything: the 20th field counted from the state.
      const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
      return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    } catch {
      // It has just ended, or it may not be looked at.
      return ''
    }
  }
  if (process.platform === 'win32') return ''
  const shown = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  return shown.replace(/\W/g, '')
}
