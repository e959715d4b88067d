import type { Readable } from 'node:stream'
import { AwsError } from '../core/aws-error.ts'
import { AwsChunkedDecoder, type ChunkObserver, incompleteBody } from './aws-chunked.ts'
import type { RequestBody } from './body.ts'
import { headerOf, isAwsChunked, type WireRequest } from './http.ts'

/** Opens a request's body: decodes `aws-chunked`, checks the announced length. */
export function openRequestBody(
  source: Readable,
  headers: WireRequest['headers'],
  onFirstRead: () => void,
  observer?: ChunkObserver,
): RequestBody {
  const isFramed = isAwsChunked(headers)
  const announced = headerOf(headers, isFramed ? 'x-amz-decoded-content-length' : 'content-length')
  const length = announced === undefined ? undefined : Number(announced)
  if (length !== undefined && !(Number.isInteger(length) && length >= 0)) throw incompleteBody()
  return isFramed
    ? new FramedBody(source, { length, onFirstRead }, observer)
    : new PlainBody(source, { length: length ?? lengthWithoutHeader(headers), onFirstRead })
}

function lengthWithoutHeader(headers: WireRequest['headers']): number | undefined {
  return headers['transfer-encoding'] === undefined && headers[':method'] === undefined ? 0 : undefined
}

/** What is known of a body before it is read. */
interface BodyFacts {
  readonly length: number | undefined
  readonly onFirstRead: () => void
}

abstract class SourceBody implements RequestBody {
  readonly length: number | undefined
  protected readonly source: Readable
  readonly #onFirstRead: () => void
  #isRead = false

  constructor(source: Readable, { length, onFirstRead }: BodyFacts) {
    this.source = source
    this.length = length
    this.#onFirstRead = onFirstRead
  }

  abstract readonly trailers: Readonly<Record<string, string>>
  protected abstract decode(piece: Buffer): Buffer[]
  protected abstract finish(): void

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    this.#begin()
    let received = 0
    try {
      for await (const piece of this.source.iterator({ destroyOnReturn: false })) {
        for (const data of this.decode(piece as Buffer)) {
          received += data.length
          yield data
        }
      }
    } finally {
      // Where reading broke off, the rest is received in vain: the sender gets its answer, and its connection stays.
      this.source.resume()
    }
    this.#end(received)
  }

  /** A body that was read is gone: reading it again would wait for ever. */
  #begin(): void {
    if (this.#isRead) throw new Error('the body of this request was read already')
    this.#isRead = true
    this.#onFirstRead()
  }

  bytes(limitBytes: number): Promise<Buffer> {
    this.#begin()
    if (this.length !== undefined && this.length > limitBytes)
      return Promise.reject(entityTooLarge(limitBytes))
    return new Promise((resolve, reject) => this.#collect(limitBytes, resolve, reject))
  }

  #collect(limitBytes: number, resolve: (bytes: Buffer) => void, reject: (error: unknown) => void): void {
    const pieces: Buffer[] = []
    let received = 0
    const take = (piece: Buffer): void => {
      for (const data of this.decode(piece)) {
        received += data.length
        pieces.push(data)
      }
      if (received > limitBytes) throw entityTooLarge(limitBytes)
    }
    const stop = (error: unknown): void => {
      this.source.removeAllListeners('data')
      this.source.resume()
      reject(error)
    }
    this.source.on('data', (piece: Buffer) => attempt(() => take(piece), stop))
    this.source.once('error', stop)
    this.source.once('close', () => {
      if (!this.source.readableEnded) stop(incompleteBody())
    })
    this.source.once('end', () =>
      attempt(() => {
        this.#end(received)
        resolve(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces))
      }, stop),
    )
  }

  #end(received: number): void {
    this.finish()
    if (this.length !== undefined && received !== this.length) throw incompleteBody()
  }
}

function attempt(action: () => void, onError: (error: unknown) => void): void {
  try {
    action()
  } catch (error) {
    onError(error)
  }
}

class PlainBody extends SourceBody {
  readonly trailers: Readonly<Record<string, string>> = {}

  protected override decode(piece: Buffer): Buffer[] {
    return [piece]
  }

  protected override finish(): void {
    // A plain body's framing is HTTP's own; its length is checked by the base class.
  }
}

class FramedBody extends SourceBody {
  readonly #decoder: AwsChunkedDecoder

  constructor(source: Readable, facts: BodyFacts, observer: ChunkObserver | undefined) {
    super(source, facts)
    this.#decoder = new AwsChunkedDecoder(observer)
  }

  get trailers(): Readonly<Record<string, string>> {
    return this.#decoder.trailers
  }

  protected override decode(piece: Buffer): Buffer[] {
    return this.#decoder.push(piece)
  }

  protected override finish(): void {
    this.#decoder.finish()
  }
}

function entityTooLarge(limitBytes: number): AwsError {
  return new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    statusCode: 400,
    members: { MaxSizeAllowed: limitBytes },
  })
}
