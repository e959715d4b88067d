import { connect, type Socket } from 'node:net'

/** Authorization that every request carries: signed once, so that the client is not the limit. */
const authorization =
  'AWS4-HMAC-SHA256 Credential=test/20261123/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=0'

/** One HTTP/1.1 request as bytes. */
export function requestBytes(method: string, path: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: ${authorization}\r\nx-amz-date: 20261123T000000Z\r\nx-amz-content-sha256: UNSIGNED-PAYLOAD\r\ncontent-length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), body])
}

/** How often requests were answered. */
export interface LoadResult {
  readonly requests: number
  readonly seconds: number
}

/** Sends requests over `connections` sockets, each waiting for its answer, until `count` were answered. */
export async function sendLoad(
  port: number,
  connections: number,
  requests: { readonly count: number; readonly make: (index: number) => Buffer },
): Promise<LoadResult> {
  let next = 0
  const startedAt = performance.now()
  const workers = Array.from({ length: connections }, async () => {
    const connection = openConnection(port)
    while (next < requests.count) {
      const { status } = await connection.send(requests.make(next++))
      if (status >= 300) throw new Error(`the server answered ${status}`)
    }
    connection.close()
  })
  await Promise.all(workers)
  return { requests: requests.count, seconds: (performance.now() - startedAt) / 1000 }
}

/** An answer as far as a benchmark reads it. */
export interface Answer {
  readonly status: number
  readonly bodyBytes: number
  /** The first part of the body, for listings' continuation tokens. */
  readonly text: string
}

/** One keep-alive connection; `send` writes bytes and reads one whole answer. */
export interface Connection {
  send(bytes: Buffer | readonly Buffer[]): Promise<Answer>
  close(): void
}

/** Opens a connection that parses just enough of HTTP: status, content-length, chunked ends. */
export function openConnection(port: number): Connection {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let current:
    | { resolve: (answer: Answer) => void; reject: (error: unknown) => void; reader: AnswerReader }
    | undefined
  socket.on('data', data => {
    if (!current) return
    const answer = current.reader.take(data)
    if (!answer) return
    const { resolve } = current
    current = undefined
    resolve(answer)
  })
  socket.on('error', error => current?.reject(error))
  socket.on('close', () => current?.reject(new Error('the server closed the connection')))
  return {
    send: bytes =>
      new Promise((resolve, reject) => {
        current = { resolve, reject, reader: createAnswerReader() }
        writeAll(socket, bytes)
      }),
    close: () => socket.destroy(),
  }
}

function writeAll(socket: Socket, bytes: Buffer | readonly Buffer[]): void {
  if (Buffer.isBuffer(bytes)) {
    socket.write(bytes)
    return
  }
  for (const piece of bytes) socket.write(piece)
}

interface AnswerReader {
  take(data: Buffer): Answer | undefined
}

/** Most of a body that is kept as text. */
const keptTextBytes = 4 * 1024 * 1024

function createAnswerReader(): AnswerReader {
  let head: Buffer = Buffer.alloc(0)
  let status = 0
  let remaining = -1
  let isChunked = false
  let bodyBytes = 0
  let kept: Buffer[] = []
  const takeBody = (data: Buffer): Answer | undefined => {
    bodyBytes += data.length
    if (bodyBytes <= keptTextBytes) kept.push(data)
    else kept = []
    const isDone = isChunked
      ? Buffer.concat(kept).toString('latin1').endsWith('0\r\n\r\n')
      : bodyBytes >= remaining
    return isDone ? { status, bodyBytes, text: Buffer.concat(kept).toString('latin1') } : undefined
  }
  return {
    take: data => {
      if (status !== 0) return takeBody(data)
      head = head.length === 0 ? data : Buffer.concat([head, data])
      const end = head.indexOf('\r\n\r\n')
      if (end === -1) return undefined
      const text = head.toString('latin1', 0, end)
      status = Number(text.slice(9, 12))
      remaining = Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0)
      isChunked = /transfer-encoding: *chunked/i.test(text)
      return takeBody(head.subarray(end + 4))
    },
  }
}
