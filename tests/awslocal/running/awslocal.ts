import { Readable, Writable } from 'node:stream'
import { type AwslocalRun, runAwslocal, type Terminal } from '../../../src/awslocal/main.ts'
import type { Outcome, Running } from './outcome.ts'

/** Runs `awslocal` in this process, in a folder; `env` is all that it knows of the environment. */
export async function runInProcess(
  words: readonly string[],
  options: {
    folder?: string
    input?: string
    env?: Record<string, string>
    openEvidence?: NonNullable<AwslocalRun['openEvidence']>
    onInterrupt?: NonNullable<Terminal['onInterrupt']>
    /** Sees what is printed while the command runs. */
    onOutput?: (text: string) => void
  } = {},
): Promise<Outcome> {
  const stdout = collect(options.onOutput)
  const stderr = collect()
  const stdin = Readable.from(options.input === undefined ? [] : [Buffer.from(options.input)], {
    objectMode: false,
  })
  const before = process.cwd()
  process.chdir(options.folder ?? before)
  try {
    const { openEvidence, onInterrupt, env = {} } = options
    const streams = { stdin, stdout: stdout.stream, stderr: stderr.stream }
    const terminal = { ...streams, env, ...(onInterrupt ? { onInterrupt } : {}) }
    const status = await runAwslocal({ words, terminal, ...(openEvidence ? { openEvidence } : {}) })
    return { status, stdout: stdout.text(), stderr: stderr.text() }
  } finally {
    process.chdir(before)
  }
}

/** `awslocal` against an endpoint. */
export function startAwslocal(endpoint: string): Running {
  const env = { AWS_ENDPOINT_URL: endpoint }
  return { run: (words, options) => runInProcess(words, { ...options, env }), stop: async () => undefined }
}

function collect(onOutput?: (text: string) => void): { stream: Writable; text: () => string } {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk))
      onOutput?.(String(chunk))
      done()
    },
  })
  return { stream, text: () => Buffer.concat(chunks).toString() }
}
