import { createHash, type Hash } from 'node:crypto'
import type { ChunkObserver } from '../../wire/aws-chunked.ts'
import { sha256 } from './canonical-request.ts'
import { signatureDoesNotMatch } from './errors.ts'
import { formatScope, isSame, type Scope, sign } from './signing-key.ts'

/** What the first chunk's signature follows from: the request's own. */
export interface Seed {
  readonly accessKeyId: string
  readonly key: Buffer
  readonly scope: Scope
  readonly date: string
  readonly signature: string
}

const emptyHash = sha256('')

/**
 * Checks the signature of each chunk, which follows from the one before, and of the trailer.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export class ChunkSignatures implements ChunkObserver {
  readonly #seed: Seed
  readonly #signsTrailer: boolean
  #previous: string
  #given = ''
  #hash: Hash = createHash('sha256')
  #trailers = ''
  #trailerSignature = ''

  constructor(seed: Seed, trailer: 'signed-trailer' | 'no-trailer') {
    this.#seed = seed
    this.#signsTrailer = trailer === 'signed-trailer'
    this.#previous = seed.signature
  }

  begin(extension: string): void {
    this.#given = /^;chunk-signature=([0-9a-f]{64})$/.exec(extension)?.[1] ?? ''
    this.#hash = createHash('sha256')
  }

  data(piece: Uint8Array): void {
    this.#hash.update(piece)
  }

  end(): void {
    this.#require(this.#given, 'PAYLOAD', `${emptyHash}\n${this.#hash.digest('hex')}`)
  }

  trailer(name: string, value: string): void {
    if (name === 'x-amz-trailer-signature') this.#trailerSignature = value
    else this.#trailers += `${name}:${value}\n`
  }

  finish(): void {
    if (this.#signsTrailer) this.#require(this.#trailerSignature, 'TRAILER', sha256(this.#trailers))
  }

  #require(given: string, part: 'PAYLOAD' | 'TRAILER', hashes: string): void {
    const { accessKeyId, key, scope, date } = this.#seed
    const stringToSign = `AWS4-HMAC-SHA256-${part}\n${date}\n${formatScope(scope)}\n${this.#previous}\n${hashes}`
    const expected = sign(key, stringToSign)
    if (!isSame(expected, given))
      throw signatureDoesNotMatch({ accessKeyId, stringToSign, signatureProvided: given })
    this.#previous = expected
  }
}
