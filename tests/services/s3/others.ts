import { execFile, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { promisify } from 'node:util'

const runFile = promisify(execFile)

/** Which other tools this machine has; tests that need one say so when it is missing. */
export const installed = {
  moto: spawnSync('moto_server', ['--help']).status === 0,
  boto3: spawnSync('python3', ['-c', 'import boto3']).status === 0,
  awsCli: spawnSync('aws', ['--version']).status === 0,
}

/** The environment of a tool that talks to a cloud here. */
export function environmentFor(endpoint: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_PAGER: '',
  }
}

/** Runs a program to its end and gives what it printed. */
export async function run(
  command: { readonly file: string; readonly arguments: readonly string[]; readonly cwd?: string },
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const { stdout } = await runFile(command.file, [...command.arguments], { env, cwd: command.cwd })
  return stdout
}

/** Starts `moto_server`, another local cloud, and waits until it answers. */
export async function startMoto(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const port = await freePort()
  const child = spawn('moto_server', ['-p', String(port)], { stdio: 'ignore' })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error('moto_server ended before it listened')
  }
  return {
    url,
    stop: () => {
      child.kill('SIGKILL')
      return ended
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/moto-api/`).catch(() => undefined)
  await answer?.arrayBuffer()
  return answer !== undefined
}
