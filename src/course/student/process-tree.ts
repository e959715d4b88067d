import { type ChildProcess, spawnSync } from 'node:child_process'

const living = new Set<ChildProcess>()

/** Remembers a process that must not outlive this one. It must have been spawned with `detached: true`. */
export function trackProcess(child: ChildProcess): void {
  if (living.size === 0) process.once('exit', killAll)
  living.add(child)
  child.once('exit', () => living.delete(child))
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
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function killAll(): void {
  for (const child of living) killProcessTree(child)
}
