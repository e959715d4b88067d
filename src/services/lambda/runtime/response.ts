import type { IncomingMessage } from 'node:http'
import { maximumResponseBytes, maximumStreamedBytes } from './limits.ts'
import type { ResponseStream } from './runtime.ts'
import type { ErrorMessage, ResponseMessage } from './runtime-api.ts'

/** What came of reading a response. */
export type ResponseOutcome =
  | { readonly kind: 'response'; readonly payload: Buffer }
  | { readonly kind: 'response-too-large' }
  /** A streaming handler failed after it had begun: its trailers say how. */
  | { readonly kind: 'error'; readonly message: ErrorMessage }
  /** The connection broke before it was whole. */
  | { readonly kind: 'broken' }

/** Reads a response to its end; a streamed one goes to `stream` piece by piece, where there is one. */
export async function readResponse(
  message: ResponseMessage,
  stream: ResponseStream | undefined,
): Promise<ResponseOutcome> {
  if (!message.isStreaming) return collect(message.body)
  const outcome = stream === undefined ? await collect(message.body) : await pass(message, stream)
  return outcome.kind === 'response' ? (readTrailers(message.body) ?? outcome) : outcome
}

function collect(body: IncomingMessage): Promise<ResponseOutcome> {
  return new Promise(resolve => {
    const pieces: Buffer[] = []
    let bytes = 0
    body.on('data', (piece: Buffer) => {
      bytes += piece.length
      if (bytes <= maximumResponseBytes) pieces.push(piece)
      else pieces.length = 0
    })
    body.once('end', () => {
      if (bytes > maximumResponseBytes) resolve({ kind: 'response-too-large' })
      else resolve({ kind: 'response', payload: joined(pieces) })
    })
    body.once('close', () => resolve({ kind: 'broken' }))
    body.once('error', () => resolve({ kind: 'broken' }))
  })
}

function joined(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces
  return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces)
}

async function pass(
  { contentType, body }: ResponseMessage,
  stream: ResponseStream,
): Promise<ResponseOutcome> {
  stream.begin(contentType)
  let bytes = 0
  let write: ResponseStream['write'] | undefined = piece => stream.write(piece)
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      bytes += piece.length
      if (bytes > maximumStreamedBytes) return { kind: 'response-too-large' }
      // A caller that hung up does not end the function: what it still writes is dropped.
      await write?.(piece).catch(() => {
        write = undefined
      })
    }
  } catch {
    // The process has ended, which is told elsewhere.
    return { kind: 'broken' }
  }
  return { kind: 'response', payload: Buffer.alloc(0) }
}

function readTrailers({ trailers }: IncomingMessage): ResponseOutcome | undefined {
  const errorType = trailers['lambda-runtime-function-error-type']
  const document = trailers['lambda-runtime-function-error-body']
  if (errorType === undefined) return undefined
  return { kind: 'error', message: { errorType, document: Buffer.from(document ?? '', 'base64') } }
}
