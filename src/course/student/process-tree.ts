import { type ChildProcess, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cleanUpAtExit } from '../cleanup.ts'
import { isCode } from '../error-codes.ts'

/** Makes sure that a process does not outlive this one. It must have been spawned with `detached: true`. */
export function trackProcess(child: ChildProcess): void {
  const forget = cleanUpAtExit(() => killProcessTree(child))
  child.once('close', forget)
  child.once('error', forget)
}

/** Ends a process and everything that it started, at once. */
export function killProcessTree(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' })
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    // It ended between the question and the signal.
    if (!isCode(error, 'ESRCH')) throw error
  }
}

/**
 * Ends a process whose memory grows over a limit: Node limits its heap by itself, but not its Buffers. Only where the
 * system tells (`/proc`); elsewhere the deadline is what stops it.
 */
export function limitMemory(
  child: ChildProcess,
  { maximumBytes, onExceeded }: { readonly maximumBytes: number; readonly onExceeded: () => void },
): void {
  if (process.platform !== 'linux' || child.pid === undefined) return
  const intervalMilliseconds = 100
  const timer = setInterval(() => {
    if (readResidentBytes(child.pid) <= maximumBytes) return
    clearInterval(timer)
    onExceeded()
    killProcessTree(child)
  }, intervalMilliseconds)
  timer.unref()
  child.once('close', () => clearInterval(timer))
}

function readResidentBytes(pid: number | undefined): number {
  try {
    const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kibibytes ?? 0) * 1024
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ESRCH')) return 0
    throw error
  }
}
