import { connect } from 'node:net'

/** An answer as it came: its head line by line, its body without the framing of chunks. */
export interface RawAnswer {
  readonly statusLine: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
}

/** Sends bytes to a port of this machine and reads the one answer to them. */
export function sendRaw(port: number, bytes: Buffer, method: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let received = Buffer.alloc(0)
    socket.on('data', piece => {
      received = Buffer.concat([received, piece])
      const answer = readAnswer(received, method)
      if (answer === undefined) return
      resolve(answer)
      socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`the answer broke off after ${received.length} bytes`)))
  })
}

/** The answer in these bytes; `undefined` while they are not all of it. */
function readAnswer(bytes: Buffer, method: string): RawAnswer | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const rest = bytes.subarray(end + 4)
  if (statusLine.startsWith('HTTP/1.1 1')) return readAnswer(rest, method)
  const headers = lines.map(line => {
    const at = line.indexOf(': ')
    return [line.slice(0, at), line.slice(at + 2)] as const
  })
  const isBodiless = method === 'HEAD' || /^HTTP\/1\.1 (204|304)/.test(statusLine)
  const body = isBodiless ? rest : readBody(rest, headers)
  return body && { statusLine, headers, body }
}

function readBody(bytes: Buffer, headers: RawAnswer['headers']): Buffer | undefined {
  const headerOf = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
  if (headerOf('transfer-encoding') === 'chunked') return readChunks(bytes)
  const length = Number(headerOf('content-length'))
  return bytes.length >= length ? bytes : undefined
}

function readChunks(bytes: Buffer): Buffer | undefined {
  const pieces: Buffer[] = []
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at)
    if (end < 0) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16)
    if (bytes.length < end + 2 + size + 2) return undefined
    if (size === 0) return Buffer.concat(pieces)
    pieces.push(bytes.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
}
