import { connect } from 'node:net'

/** One answer, as it came. */
export interface RawAnswer {
  readonly status: number
  /** By lower-case name; a repeated one has its last value. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** How a client behaves that sends bytes. */
export interface RawClient {
  readonly port: number
  readonly bytes: Buffer
  /** `reset` breaks the connection as soon as everything is written; `close` waits for what comes. */
  readonly ending: 'close' | 'reset'
}

/** Longest that a cloud may take to be done with a connection, in milliseconds: beyond it hangs. */
const patienceMilliseconds = 30_000

/** Sends bytes, says no more, and gives everything that came until the server was done with the connection. */
export function exchange({ port, bytes, ending }: RawClient): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    const pieces: Buffer[] = []
    const timer = setTimeout(() => {
      socket.destroy()
      reject(
        new Error(`no end after ${patienceMilliseconds} ms of ${bytes.toString('latin1').slice(0, 2000)}`),
      )
    }, patienceMilliseconds)
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece)
      // A live tail goes on for hours; whoever has seen it begin goes away.
      if (piece.includes('application/vnd.amazon.eventstream')) socket.destroy()
    })
    // A reset is one of the answers that noise may get.
    socket.on('error', () => socket.destroy())
    socket.once('close', () => {
      clearTimeout(timer)
      resolve(Buffer.concat(pieces))
    })
    if (ending === 'close') socket.end(bytes)
    else socket.write(bytes, () => socket.resetAndDestroy())
  })
}

/** Reads the answers to requests of the given methods, one after another; throws where they are not HTTP. */
export function parseAnswers(received: Buffer, methods: readonly string[]): RawAnswer[] {
  const answers: RawAnswer[] = []
  let at = 0
  while (at < received.length) {
    const end = received.indexOf('\r\n\r\n', at)
    if (end === -1) throw new Error(`half an answer: ${received.toString('latin1', at, at + 300)}`)
    const { status, headers } = parseHead(received.toString('latin1', at, end))
    at = end + 4
    if (status < 200) continue
    const bodiless = methods[answers.length] === 'HEAD' || status === 204 || status === 304
    const { body, next } = bodiless ? { body: Buffer.alloc(0), next: at } : takeBody(received, at, headers)
    answers.push({ status, headers, body })
    at = next
  }
  return answers
}

function parseHead(text: string): Pick<RawAnswer, 'status' | 'headers'> {
  const [first = '', ...lines] = text.split('\r\n')
  const status = /^HTTP\/1\.1 (\d{3})/.exec(first)?.[1]
  if (status === undefined) throw new Error(`not an answer: ${first.slice(0, 300)}`)
  const pairs = lines.map(line => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { status: Number(status), headers: Object.fromEntries(pairs) }
}

function takeBody(
  received: Buffer,
  start: number,
  headers: RawAnswer['headers'],
): { body: Buffer; next: number } {
  if (headers['transfer-encoding'] === 'chunked') return takeChunks(received, start)
  // An event stream was left before its end.
  const length = Number(headers['content-length'] ?? received.length - start)
  return { body: received.subarray(start, start + length), next: start + length }
}

function takeChunks(received: Buffer, start: number): { body: Buffer; next: number } {
  const pieces: Buffer[] = []
  let at = start
  for (;;) {
    const lineEnd = received.indexOf('\r\n', at)
    const size = lineEnd === -1 ? 0 : Number.parseInt(received.toString('latin1', at, lineEnd), 16)
    if (size === 0)
      return { body: Buffer.concat(pieces), next: lineEnd === -1 ? received.length : lineEnd + 4 }
    pieces.push(received.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
}
