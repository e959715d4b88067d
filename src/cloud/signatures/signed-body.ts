import { createHash } from 'node:crypto'
import type { RequestBody } from '../../wire/body.ts'
import { contentHashMismatch } from './errors.ts'

/** A body whose hash was signed: reading it to its end fails when it is another one. */
export class SignedBody implements RequestBody {
  readonly #body: RequestBody
  readonly #claimed: string
  readonly #hash = createHash('sha256')

  constructor(body: RequestBody, claimedHash: string) {
    this.#body = body
    this.#claimed = claimedHash
  }

  get length(): number | undefined {
    return this.#body.length
  }

  get trailers(): Readonly<Record<string, string>> {
    return this.#body.trailers
  }

  async bytes(limitBytes: number): Promise<Buffer> {
    const bytes = await this.#body.bytes(limitBytes)
    this.#hash.update(bytes)
    this.#check()
    return bytes
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const piece of this.#body) {
      this.#hash.update(piece)
      yield piece
    }
    this.#check()
  }

  #check(): void {
    const computed = this.#hash.digest('hex')
    if (computed !== this.#claimed) throw contentHashMismatch(this.#claimed, computed)
  }
}

/** A body that was read whole, and can be read again. */
export class HeldBody implements RequestBody {
  readonly #bytes: Buffer
  readonly trailers: Readonly<Record<string, string>>

  constructor(bytes: Buffer, trailers: Readonly<Record<string, string>>) {
    this.#bytes = bytes
    this.trailers = trailers
  }

  get length(): number {
    return this.#bytes.length
  }

  bytes(): Promise<Buffer> {
    return Promise.resolve(this.#bytes)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    yield this.#bytes
  }
}

/** Largest body that is held to compute its hash, in bytes: over a function's zip in base64. */
const maxHeldBytes = 128 * 1024 * 1024

/** Reads a body whole so that it can be read again. */
export async function holdBody(body: RequestBody): Promise<HeldBody> {
  if (body instanceof HeldBody) return body
  return new HeldBody(await body.bytes(maxHeldBytes), body.trailers)
}
