import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { pathToFileURL } from 'node:url'
import type { Claim } from '../lab.ts'
import type { Workspace } from '../workspace.ts'
import { explainAnswer, explainEnd, explainFatal, type Reader } from './claims.ts'
import { containmentFlags } from './containment.ts'
import { createFrameReader, encodeFrame } from './frames.ts'
import { channelDescriptor, harnessFile } from './harness.ts'
import { killProcessTree, trackProcess } from './process-tree.ts'

/** What is asked of the student's process. */
export type StudentRequest =
  | { readonly kind: 'call'; readonly exportName: string; readonly args: readonly unknown[] }
  | { readonly kind: 'probe'; readonly url: string; readonly args: readonly unknown[] }

/** A process that has the student's module loaded and answers calls. */
export interface StudentProcess {
  /** False once it ended; the next call needs another. */
  isAlive(): boolean
  isIdle(): boolean
  request(request: StudentRequest, timeoutSeconds: number): Promise<Claim<unknown>>
  kill(): void
}

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

interface Pending {
  readonly resolve: (claim: Claim<unknown>) => void
  readonly startedAt: number
  readonly timer: NodeJS.Timeout
}

/** Starts a process under Node's permission model and loads the student's module in it. */
export function startStudentProcess(options: StudentProcessOptions): StudentProcess {
  const { workspace, env, reader } = options
  const child = spawn(process.execPath, [...containmentFlags(workspace), join(workspace.base, harnessFile)], {
    cwd: workspace.copy,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  trackProcess(child)
  const pending = new Map<number, Pending>()
  const lastWords = createTail()
  let alive = true
  let lastId = 0
  let verdict: Claim<unknown> | undefined

  const settle = (id: number, claim: Claim<unknown>): void => {
    const waiting = pending.get(id)
    if (waiting === undefined) return
    pending.delete(id)
    clearTimeout(waiting.timer)
    waiting.resolve(claim)
  }
  const endAll = (claim: Claim<unknown>): void => {
    alive = false
    for (const id of [...pending.keys()]) settle(id, claim)
  }
  const onMessage = (message: unknown): void => {
    if (!isRecord(message)) return
    if (message.kind === 'fatal') verdict = explainFatal(message, reader)
    if (message.kind !== 'answer' || typeof message.id !== 'number') return
    const waiting = pending.get(message.id)
    if (waiting !== undefined) {
      settle(message.id, explainAnswer(message.outcome, Date.now() - waiting.startedAt, reader))
    }
  }

  const channel = child.stdio[channelDescriptor] as Duplex
  const readFrames = createFrameReader()
  channel.on('data', (chunk: Buffer) => {
    try {
      for (const message of readFrames(chunk)) onMessage(message)
    } catch {
      verdict = { kind: 'crash', message: 'el programa escribió en el canal del corrector' }
      killProcessTree(child)
    }
  })
  // A write to a process that has just ended; its exit tells what happened.
  channel.on('error', () => undefined)
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      lastWords.append(chunk)
      options.onOutput(chunk)
    })
  }
  child.once('error', error =>
    endAll({ kind: 'crash', message: `no se pudo arrancar node: ${error.message}` }),
  )
  child.once('close', (code, signal) => {
    endAll(verdict ?? explainEnd({ code, signal, lastWords: lastWords.read() }, reader))
  })
  channel.write(encodeFrame({ kind: 'start', url: pathToFileURL(options.entry).href, env }))

  return {
    isAlive: () => alive,
    isIdle: () => pending.size === 0,
    kill: () => {
      alive = false
      killProcessTree(child)
    },
    request: (request, timeoutSeconds) =>
      new Promise(resolve => {
        const id = ++lastId
        const timer = setTimeout(() => {
          alive = false
          settle(id, { kind: 'timeout', seconds: timeoutSeconds })
          verdict ??= { kind: 'crash', message: 'otra llamada simultánea no terminó a tiempo' }
          killProcessTree(child)
        }, timeoutSeconds * 1000)
        pending.set(id, { resolve, startedAt: Date.now(), timer })
        channel.write(encodeFrame({ ...request, id }))
      }),
  }
}

/** The end of what a process printed: what it said before it fell. */
function createTail(): { append(chunk: Buffer): void; read(): string } {
  const maximumCharacters = 8 * 1024
  let text = ''
  return {
    append: chunk => {
      text = (text + chunk.toString('utf8')).slice(-maximumCharacters)
    },
    read: () => text,
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
