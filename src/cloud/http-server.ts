import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import {
  createServer as createHttp2Server,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2'
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

export type HttpRequest = IncomingMessage | Http2ServerRequest
export type HttpResponse = ServerResponse | Http2ServerResponse

/** The answer that Node is writing to a connection, which its own handling of such errors looks at as well. */
interface AnsweringSocket {
  readonly _httpMessage?: ServerResponse | null
}

/** Answers one request; must not throw. */
export type RequestHandler = (request: HttpRequest, response: HttpResponse) => void

/** What could not be read as HTTP. */
export interface RefusedRequest {
  readonly status: number
  /** What came, as far as it is known; may be anything. */
  readonly bytes: Buffer | undefined
}

/** One listening port. */
export interface HttpPort {
  readonly port: number
  close(): Promise<void>
}

export interface ListenOptions {
  readonly port: number
  readonly host: string
  /** How long a connection is kept on which nothing is under way; longer than any SDK does where absent. */
  readonly keepAliveMilliseconds?: number
}

/** First bytes of a cleartext HTTP/2 connection with prior knowledge, as the SDK's Kinesis client opens it. */
const http2Preface = 'PRI'
/** Headers of one request together, in bytes; S3 allows 8 KB of headers with 2 KB of metadata, presigned URLs are longer. */
const maxHeaderBytes = 64 * 1024
/** Idle connections are kept longer than any SDK does, so that a pooled socket never closes under a request. */
const defaultKeepAliveMilliseconds = 75_000
/** A client that dribbles its headers is cut off after this time. */
const headersMilliseconds = 60_000

/**
 * Listens on one port for HTTP/1.1 and cleartext HTTP/2; rejects with the system's error, e.g. EADDRINUSE.
 * @param onRefused told of what is answered here because it is no HTTP
 */
export async function listen(
  options: ListenOptions,
  handler: RequestHandler,
  onRefused: (refused: RefusedRequest) => void,
): Promise<HttpPort> {
  const { keepAliveMilliseconds = defaultKeepAliveMilliseconds, ...address } = options
  const http1 = createHttp1(handler, onRefused)
  http1.keepAliveTimeout = keepAliveMilliseconds
  const http2 = createHttp2Server({ settings: { maxConcurrentStreams: 1000 } }, handler)
  // Without this, Node itself invites the body of a stream that may be gone already, and the process ends by what it throws.
  http2.on('checkContinue', handler)
  http2.on('checkExpectation', handler)
  const sessions = trackSessions(http2, keepAliveMilliseconds)
  const sockets = new Set<Socket>()
  const server = createNetServer({ noDelay: true }, socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    sniffProtocol(socket, http1, http2)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const session of sessions) session.destroy()
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function createHttp1(handler: RequestHandler, onRefused: (refused: RefusedRequest) => void): Server {
  const server = createHttpServer(
    { maxHeaderSize: maxHeaderBytes, requestTimeout: 0, headersTimeout: headersMilliseconds },
    handler,
  )
  server.on('checkContinue', handler)
  // S3 does what it is asked whatever else a client expects; Node alone would answer 417.
  server.on('checkExpectation', handler)
  server.on('clientError', (error, socket) => answerClientError(error, socket, onRefused))
  return server
}

function trackSessions(server: Http2Server, keepAliveMilliseconds: number): Set<ServerHttp2Session> {
  const sessions = new Set<ServerHttp2Session>()
  server.on('session', session => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
    endWhenIdle(session, keepAliveMilliseconds)
  })
  // A broken session is the client's affair; its streams end by themselves.
  server.on('sessionError', (_error, session) => session?.destroy())
  return sessions
}

/**
 * Ends a session on which no request is under way. After a client's protocol error Node says goodbye, reads no more and
 * tells nobody: such a session would never end otherwise.
 */
function endWhenIdle(session: ServerHttp2Session, keepAliveMilliseconds: number): void {
  let openStreams = 0
  session.on('stream', stream => {
    openStreams += 1
    stream.once('close', () => {
      openStreams -= 1
    })
  })
  session.setTimeout(keepAliveMilliseconds)
  session.on('timeout', () => {
    if (openStreams === 0) session.destroy()
  })
}

/** Hands a new connection to the server that its first bytes ask for. */
function sniffProtocol(socket: Socket, http1: Server, http2: Http2Server): void {
  const onEarlyError = (): void => {
    socket.destroy()
  }
  socket.once('error', onEarlyError)
  socket.once('readable', () => {
    const first: Buffer | null = socket.read()
    if (first === null) return
    socket.removeListener('error', onEarlyError)
    socket.unshift(first)
    const isHttp2 = first.toString('latin1', 0, http2Preface.length) === http2Preface
    ;(isHttp2 ? http2 : http1).emit('connection', socket)
    // The socket was left paused by the sniffing; the HTTP/1 parser reads only what flows.
    if (!isHttp2) socket.resume()
  })
}

/** What cannot be parsed as HTTP gets the status that fits, and the connection ends. */
function answerClientError(
  error: NodeJS.ErrnoException & { readonly rawPacket?: Buffer },
  socket: Duplex & AnsweringSocket,
  onRefused: (refused: RefusedRequest) => void,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const answer = socket._httpMessage
  if (answer?.req.complete && error.code !== 'ERR_HTTP_REQUEST_TIMEOUT') {
    // What cannot be read came behind a whole request, e.g. a body longer than its Content-Length: that one is answered.
    answer.shouldKeepAlive = false
    answer.once('finish', () => socket.end())
    return
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  onRefused({ status, bytes: error.rawPacket })
}
