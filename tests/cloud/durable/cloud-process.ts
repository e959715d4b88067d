import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const root = resolve(import.meta.dirname ?? '.', '../../..')

/** A cloud in a process of its own, which can be killed. */
export interface CloudProcess {
  readonly url: string
  readonly pid: number
  /** What it wrote to standard error so far. */
  complaints(): string
  /** Ends it at once, as a power failure would. */
  kill(): Promise<void>
  /** Lets it end by itself. */
  stop(): Promise<void>
}

/** Starts a cloud; `limits` are commands of a shell that come first, e.g. `ulimit -f 4096`. */
export async function startCloudProcess(
  options: { readonly dataFolder?: string; readonly limits?: string } = {},
): Promise<CloudProcess> {
  const { dataFolder, limits = ':' } = options
  const program = `import { startLocalCloud } from './src/local-cloud.ts'
    const cloud = await startLocalCloud(${JSON.stringify({ port: 0, dataFolder })})
    process.once('SIGTERM', () => cloud.close().then(() => process.exit()))
    console.log(cloud.url)`
  const command = `${limits}; exec "$0" --import tsx --input-type=module -e "$1"`
  const child = spawn('sh', ['-c', command, process.execPath, program], {
    cwd: root,
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    complaints += text
  })
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('http')) continue
    return {
      url: line,
      pid: child.pid as number,
      complaints: () => complaints,
      kill: () => end(child, 'SIGKILL'),
      stop: () => end(child, 'SIGTERM'),
    }
  }
  throw new Error(`the cloud did not start: ${complaints}`)
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
