import { textForms } from './byte-writer.ts'

/** Buffers up to this size are cut from shared blocks, in bytes. */
const pooledBytes = 4096

/** Reads what a `ByteWriter` wrote. */
export class ByteReader {
  readonly #buffer: Buffer
  #position = 0

  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#buffer.length
  }

  byte(): number {
    const value = this.#buffer[this.#position++]
    if (value === undefined) throw new RangeError('a record of the data folder ends too early')
    return value
  }

  whole(): number {
    let value = 0
    let factor = 1
    for (;;) {
      const next = this.byte()
      value += (next & 0x7f) * factor
      if (next < 0x80) return value
      factor *= 128
    }
  }

  double(): number {
    const value = this.#buffer.readDoubleLE(this.#position)
    this.#position += 8
    return value
  }

  /** A copy: the buffer that is read from is let go. */
  bytes(): Buffer {
    const size = this.whole()
    const end = this.#position + size
    const source = this.#buffer.subarray(this.#position, end)
    const copy = size <= pooledBytes ? Buffer.allocUnsafe(size) : Buffer.allocUnsafeSlow(size)
    source.copy(copy)
    this.#position = end
    return copy
  }

  text(): string {
    const form = this.byte()
    const size = this.whole()
    const start = this.#position
    this.#position += size
    if (form === textForms.ascii) return this.#buffer.toString('latin1', start, this.#position)
    return this.#buffer.toString(form === textForms.utf8 ? 'utf8' : 'utf16le', start, this.#position)
  }
}
