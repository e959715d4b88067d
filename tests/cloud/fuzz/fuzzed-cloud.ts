import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a cloud holds, after collecting garbage. */
export interface CloudFacts {
  /** Exceptions and warnings since the last time. */
  readonly bugs: readonly string[]
  readonly heapBytes: number
  /** Buffers. */
  readonly outsideHeapBytes: number
  readonly residentBytes: number
  /** Connections that are open. */
  readonly sockets: number
  /** Reads and writes of files that are under way. */
  readonly files: number
  /** Functions' processes. */
  readonly processes: number
}

/** A cloud in a process of its own. */
export interface FuzzedCloud {
  readonly url: string
  readonly port: number
  /** Rejects when the cloud has ended. */
  facts(): Promise<CloudFacts>
  /** Empties every service and forgets what it was asked. */
  reset(): Promise<void>
  close(): Promise<void>
}

/** Starts a cloud that can be asked what it holds. */
export async function startFuzzedCloud(): Promise<FuzzedCloud> {
  const program = fileURLToPath(new URL('./served-cloud.ts', import.meta.url))
  const child = fork(program, { execArgv: ['--expose-gc', '--import', 'tsx'] })
  const { url, port } = (await nextMessage(child)) as { url: string; port: number }
  return {
    url,
    port,
    facts: async () => {
      const told = nextMessage(child)
      child.send('facts')
      return (await told) as CloudFacts
    },
    reset: async () => {
      const answer = await fetch(`${url}/_taller/reset`, { method: 'POST', headers: { connection: 'close' } })
      if (answer.status !== 200) throw new Error(`the reset was answered with ${answer.status}`)
      await answer.arrayBuffer()
    },
    close: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const gone = new AbortController()
  const onExit = (code: number | null): void => gone.abort(new Error(`the cloud ended with ${code}`))
  child.once('exit', onExit)
  try {
    const [message] = await once(child, 'message', { signal: gone.signal })
    return message
  } catch (error) {
    throw gone.signal.aborted ? gone.signal.reason : error
  } finally {
    child.removeListener('exit', onExit)
  }
}
