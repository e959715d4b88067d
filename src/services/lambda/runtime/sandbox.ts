import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { explainStart, type ProcessEnd } from './failures.ts'
import type { Lifeline } from './lifeline.ts'
import { memoryWatchMilliseconds } from './limits.ts'
import { type MemoryUse, readMemory } from './memory.ts'
import { createMessageReader } from './messages.ts'
import { killMarked, killTree } from './process-tree.ts'

/** How a function's process is started. */
export interface SandboxPlan {
  readonly command: string
  readonly args: readonly string[]
  /** All of its environment. */
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly memoryMegabytes: number
  /** `NAME=value` of its environment that no other process has. */
  readonly mark: string
  /** Whether it may start others, which have to be looked for when it ends. */
  readonly startsOthers: boolean
}

/** The descriptor by which our own bootstraps send whole messages. */
export const logDescriptor = 3

/** A function's process: what it says, what it holds, and how it ends. */
export class Sandbox {
  /** Resolves once it is gone, with all that it had to say. */
  readonly ended: Promise<ProcessEnd>
  readonly #child: ChildProcess
  readonly #plan: SandboxPlan
  #maximumBytes = 0
  #isOutOfMemory = false
  #hasEnded = false
  #watch: NodeJS.Timeout | undefined
  #lastReading = 0

  constructor(
    plan: SandboxPlan,
    { lifeline, onMessage }: { readonly lifeline: Lifeline; readonly onMessage: (text: string) => void },
  ) {
    this.#plan = plan
    this.#child = spawn(plan.command, plan.args, {
      cwd: plan.cwd,
      env: plan.env,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    const { pid } = this.#child
    if (pid !== undefined) lifeline.guard(pid)
    const flush = this.#listen(onMessage)
    this.ended = new Promise(resolve => {
      const finish = (end: Omit<ProcessEnd, 'isOutOfMemory'>): void => {
        if (this.#hasEnded) return
        this.#hasEnded = true
        clearInterval(this.#watch)
        for (const flushOne of flush) flushOne()
        this.#endOthers()
        if (pid !== undefined) lifeline.release(pid)
        resolve({ ...end, isOutOfMemory: this.#isOutOfMemory })
      }
      // Not 'close': a process that it left behind may hold the pipes open.
      this.#child.once('exit', (code, signal) => setImmediate(finish, { code, signal }))
      this.#child.once('error', error =>
        finish({ code: null, signal: null, startProblem: explainStart(error) }),
      )
    })
  }

  /** The most that it held so far, in MiB, rounded up; 0 where the system does not tell. */
  get maximumMegabytes(): number {
    const isFresh = performance.now() - this.#lastReading < memoryWatchMilliseconds
    if (!isFresh && !this.#hasEnded) this.#readMemory()
    return Math.min(Math.ceil(this.#maximumBytes / 1024 / 1024), this.#plan.memoryMegabytes)
  }

  /** Looks at its memory from time to time, and ends it when it holds too much. */
  watchMemory(): void {
    if (process.platform !== 'linux' || this.#watch !== undefined) return
    this.#watch = setInterval(() => {
      if (this.#readMemory().ownBytes <= this.#plan.memoryMegabytes * 1024 * 1024) return
      this.#isOutOfMemory = true
      this.kill()
    }, memoryWatchMilliseconds)
    this.#watch.unref()
  }

  unwatchMemory(): void {
    clearInterval(this.#watch)
    this.#watch = undefined
  }

  /** Ends it and all that it started, at once. */
  kill(): void {
    if (!this.#hasEnded) killTree(this.#child)
  }

  /** What is left of its group after it ended by itself, and what left the group. */
  #endOthers(): void {
    killTree(this.#child)
    if (this.#plan.startsOthers) killMarked(this.#plan.mark)
    for (const stream of this.#child.stdio) stream?.destroy()
  }

  #readMemory(): MemoryUse {
    this.#lastReading = performance.now()
    const use = readMemory(this.#child.pid ?? 0)
    this.#maximumBytes = Math.max(this.#maximumBytes, use.residentBytes)
    return use
  }

  #listen(onMessage: (text: string) => void): (() => void)[] {
    const { stdout, stderr, stdio } = this.#child
    const sources = [
      { stream: stdout, delimiter: 10 },
      { stream: stderr, delimiter: 10 },
      { stream: stdio[logDescriptor] as Readable | null | undefined, delimiter: 0 },
    ]
    return sources.map(({ stream, delimiter }) => {
      const reader = createMessageReader(delimiter, onMessage)
      stream?.on('data', reader.read)
      // A pipe that the process broke; how it ended says more.
      stream?.on('error', () => undefined)
      return reader.flush
    })
  }
}
