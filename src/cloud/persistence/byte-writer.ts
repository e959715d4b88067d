/** Bytes that are kept for the next piece, and above which a large one is let go. */
const usualBytes = 64 * 1024
const largeBytes = 4 * 1024 * 1024
/** Texts up to this length are written by hand, which is faster than a call into the system's code. */
const shortLength = 48

/** Half of a surrogate pair, which UTF-8 cannot say. */
const brokenPair = /\p{Surrogate}/u

/** How a text is written; the first is one byte for each character. */
export const textForms = { ascii: 0, utf8: 1, utf16: 2 } as const

/** Gathers bytes. Whole numbers are written with seven bits in each byte, the lowest first. */
export class ByteWriter {
  #buffer = Buffer.allocUnsafeSlow(usualBytes)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Gives what was gathered, and begins again. */
  take(): Buffer {
    const taken = Buffer.from(this.#buffer.subarray(0, this.#length))
    this.#length = 0
    if (this.#buffer.length > largeBytes) this.#buffer = Buffer.allocUnsafeSlow(usualBytes)
    return taken
  }

  byte(value: number): void {
    if (this.#length === this.#buffer.length) this.#reserve(1)
    this.#buffer[this.#length++] = value
  }

  /** `value` ≥ 0, whole and safe. */
  whole(value: number): void {
    this.#reserve(8)
    let rest = value
    while (rest > 0x7f) {
      this.#buffer[this.#length++] = (rest & 0x7f) | 0x80
      rest = rest < 0x8000_0000 ? rest >>> 7 : Math.floor(rest / 128)
    }
    this.#buffer[this.#length++] = rest
  }

  double(value: number): void {
    this.#reserve(8)
    this.#length = this.#buffer.writeDoubleLE(value, this.#length)
  }

  bytes(value: Uint8Array): void {
    this.whole(value.length)
    this.#reserve(value.length)
    this.#buffer.set(value, this.#length)
    this.#length += value.length
  }

  /** Writes any text, broken surrogate pairs as well. */
  text(value: string): void {
    if (value.length <= shortLength && this.#shortText(value)) return
    const size = Buffer.byteLength(value)
    if (size === value.length) this.#longText(value, textForms.ascii, 'latin1', size)
    else if (!brokenPair.test(value)) this.#longText(value, textForms.utf8, 'utf8', size)
    else this.#longText(value, textForms.utf16, 'utf16le', value.length * 2)
  }

  #longText(value: string, form: number, encoding: BufferEncoding, size: number): void {
    this.byte(form)
    this.whole(size)
    this.#reserve(size)
    this.#length += this.#buffer.write(value, this.#length, encoding)
  }

  #shortText(value: string): boolean {
    const { length } = value
    this.#reserve(length + 2)
    const buffer = this.#buffer
    const start = this.#length
    buffer[start] = textForms.ascii
    buffer[start + 1] = length
    for (let index = 0; index < length; index++) {
      const unit = value.charCodeAt(index)
      if (unit > 0x7f) return false
      buffer[start + 2 + index] = unit
    }
    this.#length = start + 2 + length
    return true
  }

  #reserve(count: number): void {
    const needed = this.#length + count
    if (needed <= this.#buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
  }
}
