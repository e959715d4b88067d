import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createPort, type Server, type Socket } from 'node:net'
import { maximumErrorBytes, maximumResponseBytes } from './limits.ts'

/** A response that an environment's process sends. */
export interface ResponseMessage {
  readonly isStreaming: boolean
  readonly contentType: string
  readonly body: IncomingMessage
}

/** An error's document as it came, and the type that its header names. */
export interface ErrorMessage {
  readonly document: Buffer
  readonly errorType: string
}

/** What an environment does with the requests of its process. */
export interface RuntimeApiListener {
  onNext(): void
  /** Resolves when the whole response was taken; `too-large` when it was dropped. */
  onResponse(message: ResponseMessage): Promise<'taken' | 'too-large'>
  onError(message: ErrorMessage): void
  onInitError(message: ErrorMessage): void
}

/** The Runtime API of one environment, on a port of its own. */
export interface Door {
  readonly port: number
  /** Whether the process waits for a call. */
  readonly isWaiting: boolean
  /** Gives the call to the process, which must be waiting for one. */
  deliver(call: {
    readonly id: string
    readonly headers: Readonly<Record<string, string>>
    readonly payload: Uint8Array
  }): void
  /** The call is over: what comes for it from now on is refused. */
  endCall(): void
  close(): void
}

/** How a door is opened. `token`: what each request must carry, where the process is one of our bootstraps. */
export interface DoorOptions {
  readonly listener: RuntimeApiListener
  readonly token: string | undefined
}

/** https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
const root = '/2018-06-01/runtime'
const callPath = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/

/** Serves the Runtime API: one HTTP server for all environments, one port for each. */
export function createRuntimeApi(): { open(options: DoorOptions): Promise<Door> } {
  const doors = new WeakMap<Socket, DoorServer>()
  const server = createServer(
    { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 },
    (request, response) => {
      doors.get(request.socket)?.answer(request, response)
    },
  )
  server.on('clientError', (_error, socket) => socket.destroy())
  return {
    open: options =>
      new Promise((resolve, reject) => {
        const sockets = new Set<Socket>()
        const port = createPort({ noDelay: true }, socket => {
          sockets.add(socket)
          socket.once('close', () => sockets.delete(socket))
          doors.set(socket, door)
          server.emit('connection', socket)
        })
        const door = new DoorServer(options, port, sockets)
        port.once('error', reject)
        port.listen(0, '127.0.0.1', () => resolve(door))
      }),
  }
}

class DoorServer implements Door {
  readonly #options: DoorOptions
  readonly #server: Server
  readonly #sockets: ReadonlySet<Socket>
  #waiting: ServerResponse | undefined
  /** The call that the process has, until it has answered it. */
  #callId: string | undefined
  #isAnswering = false

  constructor(options: DoorOptions, server: Server, sockets: ReadonlySet<Socket>) {
    this.#options = options
    this.#server = server
    this.#sockets = sockets
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get isWaiting(): boolean {
    return this.#waiting !== undefined
  }

  deliver({ id, headers, payload }: Parameters<Door['deliver']>[0]): void {
    const waiting = this.#waiting
    if (waiting === undefined) throw new Error('the process does not wait for a call')
    this.#waiting = undefined
    this.#callId = id
    this.#isAnswering = false
    waiting.writeHead(200, {
      ...headers,
      'Content-Type': 'application/json',
      'Content-Length': payload.length,
    })
    waiting.end(payload)
  }

  endCall(): void {
    this.#callId = undefined
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const { token } = this.#options
    if (token !== undefined && request.headers['taller-token'] !== token) {
      request.resume()
      refuse(response, 403, 'Forbidden', 'this port belongs to another environment')
      return
    }
    const { method, url = '' } = request
    if (method === 'GET' && url === `${root}/invocation/next`) this.#answerNext(response)
    else if (method === 'POST' && url === `${root}/init/error`) void this.#answerInitError(request, response)
    else void this.#answerCall(request, response)
  }

  #answerNext(response: ServerResponse): void {
    const hasUnanswered = this.#callId !== undefined && !this.#isAnswering
    if (this.#waiting !== undefined || hasUnanswered) {
      refuse(response, 403, 'InvalidStateTransition', 'State transition is not allowed')
      return
    }
    this.#waiting = response
    response.once('close', () => {
      if (this.#waiting === response) this.#waiting = undefined
    })
    this.#options.listener.onNext()
  }

  async #answerInitError(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = await readErrorMessage(request)
    if (message === undefined) return
    accept(response)
    this.#options.listener.onInitError(message)
  }

  async #answerCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, id, kind] = callPath.exec(request.url ?? '') ?? []
    if (id === undefined || request.method !== 'POST') {
      request.resume()
      refuse(response, 404, 'NotFound', 'no such path')
    } else if (id !== this.#callId) {
      request.resume()
      refuse(response, 400, 'InvalidRequestID', 'Invalid request ID')
    } else if (this.#isAnswering) {
      request.resume()
      refuse(response, 403, 'InvalidStateTransition', 'State transition is not allowed')
    } else {
      this.#isAnswering = true
      if (kind === 'error') await this.#takeError(request, response)
      else await this.#takeResponse(request, response)
    }
  }

  async #takeError(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = await readErrorMessage(request)
    if (message === undefined) return
    accept(response)
    this.#options.listener.onError(message)
  }

  async #takeResponse(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const outcome = await this.#options.listener.onResponse({
      isStreaming: request.headers['lambda-runtime-function-response-mode'] === 'streaming',
      contentType: request.headers['content-type'] ?? 'application/octet-stream',
      body: request,
    })
    if (outcome === 'taken') accept(response)
    else
      refuse(
        response,
        413,
        'RequestEntityTooLarge',
        `Exceeded maximum allowed payload size (${maximumResponseBytes} bytes).`,
      )
  }
}

/** `undefined` when the connection broke before it was whole. */
async function readErrorMessage(request: IncomingMessage): Promise<ErrorMessage | undefined> {
  const errorType = request.headers['lambda-runtime-function-error-type']
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      bytes += piece.length
      if (bytes <= maximumErrorBytes) pieces.push(piece)
    }
  } catch {
    // The process has ended or closed its connection; that is told elsewhere.
    return undefined
  }
  return {
    document: Buffer.concat(pieces),
    errorType: typeof errorType === 'string' ? errorType : 'Unhandled',
  }
}

function accept(response: ServerResponse): void {
  const body = '{"status":"OK"}'
  response.writeHead(202, { 'Content-Type': 'application/json', 'Content-Length': body.length })
  response.end(body)
}

function refuse(response: ServerResponse, statusCode: number, errorType: string, errorMessage: string): void {
  const body = JSON.stringify({ errorMessage, errorType })
  response.writeHead(statusCode, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
}
