import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { pathToFileURL } from 'node:url'
import type { ProgramResult } from '../lab.ts'
import type { Workspace } from '../workspace.ts'
import { serveBundler } from './bundler/bundler.ts'
import { bundlerDescriptor } from './bundler/stand-in.ts'
import { containmentFlags, maximumResidentMegabytes } from './containment.ts'
import { guardFile } from './harness.ts'
import { killProcessTree, limitMemory, trackProcess } from './process-tree.ts'

/** A program gets to print this much to each stream; what comes after is read and dropped. */
const maximumStreamBytes = 1024 * 1024

/** How a student's file is run as a program. */
export interface ProgramRun {
  readonly workspace: Workspace
  readonly entry: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  readonly onOutput: (chunk: Buffer) => void
}

/** Runs the compiled file from start to end under the permission model, stdin closed. */
export function runProgram(run: ProgramRun): Promise<ProgramResult> {
  const startedAt = performance.now()
  const child = spawnProgram(run)
  const stdout = collect(child.stdout, run.onOutput)
  const stderr = collect(child.stderr, run.onOutput)
  let timedOut = false
  let notice = ''
  const timer = setTimeout(() => {
    timedOut = true
    killProcessTree(child)
  }, run.timeoutSeconds * 1000)
  limitMemory(child, {
    maximumBytes: maximumResidentMegabytes * 1024 * 1024,
    onExceeded: () => {
      notice = `el programa usó más de ${maximumResidentMegabytes} MiB de memoria y se detuvo\n`
    },
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      clearTimeout(timer)
      resolve({
        exitCode: timedOut ? null : code,
        stdout: stdout(),
        stderr: stderr() + notice,
        durationMilliseconds: Math.round(performance.now() - startedAt),
        timedOut,
      })
    })
  })
}

function spawnProgram({ workspace, entry, args, env }: ProgramRun) {
  const guard = pathToFileURL(join(workspace.base, guardFile)).href
  const child = spawn(process.execPath, [...containmentFlags(workspace), '--import', guard, entry, ...args], {
    cwd: workspace.copy,
    env,
    // Three is what the harness has; four, what the stand-in for esbuild looks for.
    stdio: ['ignore', 'pipe', 'pipe', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  trackProcess(child)
  serveBundler(child.stdio[bundlerDescriptor] as Duplex, workspace)
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('a program was started without its streams')
  return Object.assign(child, { stdout, stderr })
}

function collect(stream: NodeJS.ReadableStream, onOutput: (chunk: Buffer) => void): () => string {
  const chunks: Buffer[] = []
  let bytes = 0
  stream.on('data', (chunk: Buffer) => {
    onOutput(chunk)
    const part = chunk.subarray(0, Math.max(0, maximumStreamBytes - bytes))
    bytes += part.length
    if (part.length > 0) chunks.push(part)
  })
  return () => Buffer.concat(chunks).toString('utf8')
}
