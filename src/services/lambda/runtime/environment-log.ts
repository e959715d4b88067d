import type { FunctionOutput } from '../../../cloud/deliveries.ts'
import type { Platform } from '../../../cloud/live-part.ts'
import { logTailBytes, maximumCallOutputBytes, outputDelayMilliseconds } from './limits.ts'
import type { Deployment } from './runtime.ts'

type Line = FunctionOutput['lines'][number]

/** The log stream of one environment: gathers lines and sends them on, and remembers the end of a call's. */
export class EnvironmentLog {
  readonly streamName: string
  readonly #platform: Platform
  readonly #deployment: Deployment
  #lines: Line[] = []
  #tail = ''
  #callBytes = 0
  #droppedLines = 0
  #isSilent = false
  #timer: NodeJS.Timeout | undefined

  constructor(platform: Platform, deployment: Deployment) {
    this.#platform = platform
    this.#deployment = deployment
    const day = new Date(platform.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')
    this.streamName = `${day}/[${deployment.version}]${platform.ids.hex(32)}`
  }

  /** Starts the tail and the allowance of another call. */
  beginCall(): void {
    this.#tail = ''
    this.#callBytes = 0
    this.#droppedLines = 0
  }

  /** Takes what the function wrote; over the allowance it is dropped, and counted. */
  write(text: string): void {
    this.#callBytes += text.length
    if (this.#callBytes > maximumCallOutputBytes) this.#droppedLines += 1
    else this.#add(text)
  }

  /** Takes a line of the runtime's own. */
  writeSystem(text: string): void {
    this.#add(text)
  }

  /** Sends on all that was taken; gives the last 4 KB of the call. */
  endCall(): string {
    this.flush()
    const bytes = Buffer.from(this.#tail)
    return bytes.length <= logTailBytes ? this.#tail : bytes.subarray(-logTailBytes).toString('utf8')
  }

  /** Says how many lines of the call were dropped, if any. */
  writeDropped(): void {
    // DIFFERS: AWS has no such bound; here a function that prints without end would fill the machine's memory.
    if (this.#droppedLines > 0) this.#add(`[taller-nube] ${this.#droppedLines} líneas más no se guardaron`)
    this.#droppedLines = 0
  }

  /** Nothing is sent on any more: the groups that it would go to have been forgotten. */
  silence(): void {
    this.#isSilent = true
    this.flush()
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isSilent) this.#lines = []
    if (this.#lines.length === 0) return
    const { accountId, region, logging, roleArn } = this.#deployment
    const output: FunctionOutput = {
      logGroup: logging.logGroup,
      logStream: this.streamName,
      roleArn,
      lines: this.#lines,
    }
    this.#lines = []
    const time = this.#platform.clock.now()
    this.#platform.events.emit({ type: 'lambda:Output', accountId, region, time, detail: { ...output } })
  }

  #add(text: string): void {
    const message = `${text}\n`
    this.#lines.push({ timestamp: this.#platform.clock.now(), message })
    this.#tail = (this.#tail + message).slice(-logTailBytes)
    this.#timer ??= setTimeout(() => this.flush(), outputDelayMilliseconds).unref()
  }
}
