import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Outcome, Running } from './outcome.ts'

/** The version of the installed AWS CLI, if it is version 1, whose behaviour `awslocal` follows. */
export const awsCliVersion = readVersion()

function readVersion(): string | undefined {
  const { status, stdout } = spawnSync('python3', ['-c', 'import awscli; print(awscli.__version__)'])
  const version = stdout?.toString().trim()
  return status === 0 && version?.startsWith('1.') ? version : undefined
}

/** Starts the AWS CLI against an endpoint; every command runs in the same process, which saves its start. */
export function startAwsCli(endpoint: string): Running {
  const driver = fileURLToPath(new URL('aws_driver.py', import.meta.url))
  const child = spawn('python3', [driver], { stdio: ['pipe', 'pipe', 'inherit'], env: environment(endpoint) })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    run: async (words, { folder, input = '' }) => {
      child.stdin.write(
        `${JSON.stringify({ words, folder, input: Buffer.from(input).toString('base64') })}\n`,
      )
      const { value } = await answers.next()
      const answer = JSON.parse(String(value))
      return {
        status: answer.status,
        stdout: decode(answer.stdout),
        stderr: decode(answer.stderr),
      } satisfies Outcome
    },
    stop: () => stopProcess(child),
  }
}

function environment(endpoint: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/nonexistent/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
    AWS_EC2_METADATA_DISABLED: 'true',
    PYTHONUTF8: '1',
  }
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString()
}

function stopProcess(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.stdin?.end()
  return ended
}
