import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { pathToFileURL } from 'node:url'
import type { Claim } from '../lab.ts'
import type { Workspace } from '../workspace.ts'
import { serveBundler } from './bundler/bundler.ts'
import { bundlerDescriptor } from './bundler/stand-in.ts'
import { explainAnswer, explainBrokenChannel, explainEnd, explainFatal, type Reader } from './claims.ts'
import { containmentFlags, maximumResidentMegabytes } from './containment.ts'
import { createFrameReader, encodeFrame } from './frames.ts'
import { channelDescriptor, harnessFile } from './harness.ts'
import { killProcessTree, limitMemory, trackProcess } from './process-tree.ts'

/** What is asked of the student's process. */
export type StudentRequest =
  | { readonly kind: 'call'; readonly exportName: string; readonly args: readonly unknown[] }
  | { readonly kind: 'probe'; readonly url: string; readonly args: readonly unknown[] }

/** How a student's process is started. */
export interface StudentProcessOptions {
  readonly workspace: Workspace
  /** The compiled module. */
  readonly entry: string
  readonly env: Readonly<Record<string, string>>
  /** Receives what the process prints. */
  readonly onOutput: (chunk: Buffer) => void
  readonly reader: Reader
}

interface Waiting {
  readonly resolve: (claim: Claim<unknown>) => void
  readonly startedAt: number
  readonly timer: NodeJS.Timeout
}

/** A process under Node's permission model that has the student's module loaded and answers calls. */
export class StudentProcess {
  readonly #options: StudentProcessOptions
  readonly #child: ChildProcess
  readonly #channel: Duplex
  readonly #closed: Promise<void>
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #lastWords = ''
  #alive = true
  /** Why the process falls, when that is known before it has fallen. */
  #cause: Claim<unknown> | undefined

  constructor(options: StudentProcessOptions) {
    this.#options = options
    this.#child = spawnHarness(options)
    this.#channel = this.#child.stdio[channelDescriptor] as Duplex
    this.#closed = new Promise(resolve => {
      this.#child.once('close', (code, signal) => {
        this.#endAll(this.#cause ?? explainEnd({ code, signal, lastWords: this.#lastWords }, options.reader))
        resolve()
      })
    })
    this.#child.once('error', error => {
      this.#cause = { kind: 'crash', message: `no se pudo arrancar node: ${error.message}` }
    })
    limitMemory(this.#child, {
      maximumBytes: maximumResidentMegabytes * 1024 * 1024,
      onExceeded: () =>
        this.#fall({ kind: 'crash', message: `usó más de ${maximumResidentMegabytes} MiB de memoria` }),
    })
    this.#listen()
    this.#channel.write(encodeFrame({ kind: 'start', url: pathToFileURL(options.entry).href }))
  }

  /** False once it ended or is about to; the next call needs another process. */
  get isAlive(): boolean {
    return this.#alive
  }

  get isIdle(): boolean {
    return this.#waiting.size === 0
  }

  /** Asks and waits for the claim; when the deadline passes, the process is killed. Never rejects. */
  request(request: StudentRequest, timeoutSeconds: number): Promise<Claim<unknown>> {
    const frame = encodeFrame({ ...request, id: ++this.#lastId })
    const id = this.#lastId
    return new Promise(resolve => {
      const timer = setTimeout(() => {
        this.#settle(id, { kind: 'timeout', seconds: timeoutSeconds })
        this.#fall({ kind: 'crash', message: 'otra llamada simultánea no terminó a tiempo' })
      }, timeoutSeconds * 1000)
      this.#waiting.set(id, { resolve, startedAt: performance.now(), timer })
      this.#channel.write(frame)
    })
  }

  /** Ends the process and everything that it started; resolves once it is gone. */
  close(): Promise<void> {
    this.#alive = false
    killProcessTree(this.#child)
    return this.#closed
  }

  #listen(): void {
    const readFrames = createFrameReader()
    this.#channel.on('data', (chunk: Buffer) => {
      if (this.#cause !== undefined) return
      try {
        for (const message of readFrames(chunk)) this.#receive(message)
      } catch (error) {
        this.#fall(explainBrokenChannel(error))
      }
    })
    // A write to a process that has just ended fails; how the process ended says more.
    this.#channel.on('error', () => undefined)
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#lastWords = (this.#lastWords + chunk.toString('utf8')).slice(-lastWordsCharacters)
        this.#options.onOutput(chunk)
      })
    }
  }

  #receive(message: unknown): void {
    if (!isRecord(message)) return
    if (message.kind === 'fatal') this.#cause = explainFatal(message, this.#options.reader)
    if (message.kind !== 'answer' || typeof message.id !== 'number') return
    const waiting = this.#waiting.get(message.id)
    if (waiting === undefined) return
    const durationMilliseconds = Math.round(performance.now() - waiting.startedAt)
    this.#settle(message.id, explainAnswer(message.outcome, durationMilliseconds, this.#options.reader))
  }

  #settle(id: number, claim: Claim<unknown>): void {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return
    this.#waiting.delete(id)
    clearTimeout(waiting.timer)
    waiting.resolve(claim)
  }

  /** Kills the process; calls that still wait get `cause` once it is gone. */
  #fall(cause: Claim<unknown>): void {
    this.#alive = false
    this.#cause ??= cause
    killProcessTree(this.#child)
  }

  #endAll(claim: Claim<unknown>): void {
    this.#alive = false
    for (const id of [...this.#waiting.keys()]) this.#settle(id, claim)
  }
}

const lastWordsCharacters = 8 * 1024

function spawnHarness({ workspace, env }: StudentProcessOptions): ChildProcess {
  const harness = join(workspace.base, harnessFile)
  const child = spawn(process.execPath, [...containmentFlags(workspace), harness], {
    cwd: workspace.copy,
    env,
    // A pipe of our own and not Node's IPC: its parser trusts what the other side writes, and here it must not.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  trackProcess(child)
  serveBundler(child.stdio[bundlerDescriptor] as Duplex, workspace)
  return child
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
