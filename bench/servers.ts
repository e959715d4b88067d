import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A server that is measured: ours, or a peer where this machine has it. */
export interface Contender {
  readonly name: string
  readonly isPresent: () => boolean
  /** Whether it runs functions without Docker. */
  readonly hasLambda: boolean
  /** Whether what was acknowledged survives its end. */
  readonly isDurable?: boolean
  readonly command: (port: number) => {
    readonly file: string
    readonly args: readonly string[]
    readonly env?: NodeJS.ProcessEnv
    readonly cwd?: string
  }
}

/** A running contender. */
export interface RunningServer {
  readonly name: string
  readonly processId: number
  readonly port: number
  /** From the process's start to its first answer to an S3 request, in milliseconds. */
  readonly startMilliseconds: number
  stop(): Promise<void>
  /** Ends it as a power failure would. */
  kill(): Promise<void>
}

/** Ours, the servers that others use, and one that only answers: the most that this client can measure. */
export const contenders: readonly Contender[] = [
  {
    name: 'taller-nube',
    hasLambda: true,
    isPresent: () => true,
    command: port => ({
      file: process.execPath,
      args: [`${root}bin/taller.mjs`, 'cloud', 'memory', 'port', String(port)],
    }),
  },
  {
    name: 'the same, on its disk',
    hasLambda: false,
    isDurable: true,
    isPresent: () => true,
    command: port => ({
      file: process.execPath,
      args: [`${root}bin/taller.mjs`, 'cloud', 'port', String(port)],
      cwd: emptyWorkshop(),
    }),
  },
  {
    name: 'moto_server',
    hasLambda: false,
    isPresent: () => isCommand('moto_server'),
    command: port => ({ file: 'moto_server', args: ['-p', String(port)] }),
  },
  {
    name: 'ministack',
    hasLambda: true,
    isPresent: () => isCommand('ministack'),
    command: port => ({
      file: 'ministack',
      args: [],
      env: { GATEWAY_PORT: String(port), PORT: String(port) },
    }),
  },
  {
    name: 'only answers',
    hasLambda: false,
    isPresent: () => true,
    command: port => ({ file: process.execPath, args: [`${root}bench/only-answers.mjs`, String(port)] }),
  },
]

let workshop: string | undefined

/** A folder where the command keeps a cloud of its own, and not the one of this repository. */
function emptyWorkshop(): string {
  if (workshop !== undefined) return workshop
  const folder = mkdtempSync(join(tmpdir(), 'taller-bench-'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'taller-nube' }))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  workshop = folder
  return folder
}

function isCommand(name: string): boolean {
  return spawnSync(name, ['--help'], { stdio: 'ignore' }).error === undefined
}

/** Starts a contender on a free port and waits for its first answer. */
export async function startServer(contender: Contender): Promise<RunningServer> {
  const port = await freePort()
  const { file, args, env, cwd } = contender.command(port)
  const startedAt = performance.now()
  const child = spawn(file, args, { stdio: 'ignore', cwd, env: { ...process.env, ...env } })
  await waitForAnswer(child, port)
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  return {
    name: contender.name,
    processId: child.pid as number,
    port,
    startMilliseconds: performance.now() - startedAt,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function waitForAnswer(child: ChildProcess, port: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`${child.spawnfile} ended with ${child.exitCode} before it answered`)
    try {
      await fetch(`http://127.0.0.1:${port}/`)
      return
    } catch {
      // Nobody listens yet: asked again at once, because the answer's time is what is measured.
      await new Promise(resolve => setImmediate(resolve))
    }
  }
}
