import { connect, type Socket } from 'node:net'

/** Authorization that every request carries: signed once, so that the client is not the limit. */
const authorization = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=test/20261123/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=0`

/** One HTTP/1.1 request as bytes. */
export function requestBytes(
  method: string,
  path: string,
  body: Buffer = Buffer.alloc(0),
  service = 's3',
): Buffer {
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: ${authorization(service)}\r\nx-amz-date: 20261123T000000Z\r\nx-amz-content-sha256: UNSIGNED-PAYLOAD\r\ncontent-length: ${body.length}\r\n\r\n`
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
  /** The server ends the connection after this answer. */
  readonly isLast: boolean
}

/** One keep-alive connection; `send` writes bytes and reads one whole answer. */
export interface Connection {
  send(bytes: Buffer | readonly Buffer[]): Promise<Answer>
  close(): void
}

interface Pending {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
  readonly reader: AnswerReader
}

/** Opens a connection that parses just enough of HTTP; where the server ends it after an answer, the next one is new. */
export function openConnection(port: number): Connection {
  let pending: Pending | undefined
  let socket: Socket | undefined
  const finish = (answer: Answer): void => {
    const done = pending
    pending = undefined
    if (answer.isLast) {
      socket?.destroy()
      socket = undefined
    }
    done?.resolve(answer)
  }
  const open = (): Socket => {
    const opened = connect({ port, host: '127.0.0.1', noDelay: true })
    opened.on('data', data => {
      const answer = pending?.reader.take(data)
      if (answer) finish(answer)
    })
    const fail = (error: unknown): void => {
      if (opened === socket) pending?.reject(error)
    }
    opened.on('error', fail)
    opened.on('close', () => fail(new Error('the server closed the connection before it answered')))
    return opened
  }
  return {
    send: bytes =>
      new Promise((resolve, reject) => {
        pending = { resolve, reject, reader: createAnswerReader() }
        socket ??= open()
        writeAll(socket, bytes)
      }),
    close: () => socket?.destroy(),
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
  let isLast = false
  let bodyBytes = 0
  let kept: Buffer[] = []
  const takeBody = (data: Buffer): Answer | undefined => {
    bodyBytes += data.length
    if (bodyBytes <= keptTextBytes) kept.push(data)
    else kept = []
    const isDone = isChunked
      ? Buffer.concat(kept).toString('latin1').endsWith('0\r\n\r\n')
      : bodyBytes >= remaining
    return isDone ? { status, bodyBytes, isLast, text: Buffer.concat(kept).toString('latin1') } : undefined
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
      isLast = /^HTTP\/1\.0|^connection: *close/im.test(text)
      isChunked = /transfer-encoding: *chunked/i.test(text)
      return takeBody(head.subarray(end + 4))
    },
  }
}
