import { AwsError } from '../core/aws-error.ts'

/** Longest chunk header (`size;chunk-signature=…`) or trailer line that is read, in bytes. */
const maxLineBytes = 16 * 1024
/** Most trailer lines that are kept. */
const maxTrailers = 32

/** Sees the chunks as they are framed, e.g. to check their signatures; throws AwsError to refuse them. */
export interface ChunkObserver {
  /** A chunk begins; `extension` is what follows its size, e.g. `;chunk-signature=…`. */
  begin(extension: string): void
  data(piece: Uint8Array): void
  end(): void
  /** A trailing header, lower case. */
  trailer(name: string, value: string): void
  /** Everything has come. */
  finish(): void
}

/**
 * Decodes `aws-chunked` framing, signed or not, with or without trailing headers.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export class AwsChunkedDecoder {
  readonly trailers: Record<string, string> = {}
  #phase: 'size' | 'data' | 'data-end' | 'trailers' | 'done' = 'size'
  #line = ''
  #remaining = 0
  #trailerCount = 0
  readonly #observer: ChunkObserver | undefined

  constructor(observer?: ChunkObserver) {
    this.#observer = observer
  }

  /** Takes framed bytes and gives the data in them, without copying. */
  push(framed: Buffer): Buffer[] {
    const data: Buffer[] = []
    let offset = 0
    while (offset < framed.length && this.#phase !== 'done') {
      offset = this.#phase === 'data' ? this.#takeData(framed, offset, data) : this.#takeLine(framed, offset)
    }
    return data
  }

  /**
   * Ends the input.
   * @throws AwsError IncompleteBody when the framing stopped early.
   */
  finish(): void {
    const isWhole = this.#phase === 'done' || (this.#phase === 'trailers' && this.#line === '')
    if (!isWhole) throw incompleteBody()
    this.#observer?.finish()
  }

  #takeData(framed: Buffer, offset: number, data: Buffer[]): number {
    const end = Math.min(framed.length, offset + this.#remaining)
    const piece = framed.subarray(offset, end)
    data.push(piece)
    this.#observer?.data(piece)
    this.#remaining -= end - offset
    if (this.#remaining === 0) {
      this.#phase = 'data-end'
      this.#observer?.end()
    }
    return end
  }

  #takeLine(framed: Buffer, offset: number): number {
    const newline = framed.indexOf(10, offset)
    const end = newline === -1 ? framed.length : newline
    this.#line += framed.toString('latin1', offset, end)
    if (this.#line.length > maxLineBytes) throw malformedChunk()
    if (newline === -1) return end
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line
    this.#line = ''
    this.#endLine(line)
    return newline + 1
  }

  #endLine(line: string): void {
    if (this.#phase === 'size') this.#startChunk(line)
    else if (this.#phase === 'data-end') this.#endChunk(line)
    else this.#addTrailer(line)
  }

  #startChunk(line: string): void {
    const match = /^([0-9a-fA-F]{1,12})(;[\x21-\x7e ]*)?$/.exec(line)
    if (!match) throw malformedChunk()
    this.#remaining = Number.parseInt(match[1] ?? '', 16)
    this.#observer?.begin(match[2] ?? '')
    this.#phase = this.#remaining === 0 ? 'trailers' : 'data'
    if (this.#remaining === 0) this.#observer?.end()
  }

  #endChunk(line: string): void {
    if (line !== '') throw malformedChunk()
    this.#phase = 'size'
  }

  #addTrailer(line: string): void {
    if (line === '') {
      this.#phase = 'done'
      return
    }
    const colon = line.indexOf(':')
    this.#trailerCount += 1
    if (colon < 1 || this.#trailerCount > maxTrailers) throw malformedChunk()
    const name = line.slice(0, colon).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    this.trailers[name] = value
    this.#observer?.trailer(name, value)
  }
}

/** The body ended before the length it announced. */
export function incompleteBody(): AwsError {
  return new AwsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
    { statusCode: 400 },
  )
}

function malformedChunk(): AwsError {
  return new AwsError('InvalidRequest', 'The aws-chunked framing of the request body is not valid', {
    statusCode: 400,
  })
}
