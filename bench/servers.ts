import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A server that is measured: ours, or a peer where this machine has it. */
export interface Contender {
  readonly name: string
  readonly isPresent: () => boolean
  /** Whether it runs functions without Docker. */
  readonly hasLambda: boolean
  readonly command: (port: number) => {
    readonly file: string
    readonly args: readonly string[]
    readonly env?: NodeJS.ProcessEnv
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
}

/** Ours, the servers that others use, and one that only answers: the most that this client can measure. */
export const contenders: readonly Contender[] = [
  {
    name: 'taller-nube',
    hasLambda: true,
    isPresent: () => true,
    command: port => ({
      file: process.execPath,
      args: [`${root}bin/taller.mjs`, 'cloud', 'port', String(port)],
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

function isCommand(name: string): boolean {
  return spawnSync(name, ['--help'], { stdio: 'ignore' }).error === undefined
}

/** Starts a contender on a free port and waits for its first answer. */
export async function startServer(contender: Contender): Promise<RunningServer> {
  const port = await freePort()
  const { file, args, env } = contender.command(port)
  const startedAt = performance.now()
  const child = spawn(file, args, { stdio: 'ignore', env: { ...process.env, ...env } })
  await waitForAnswer(child, port)
  return {
    name: contender.name,
    processId: child.pid as number,
    port,
    startMilliseconds: performance.now() - startedAt,
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
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
