import type { Readable } from 'node:stream'
import { AwsError } from '../../../core/aws-error.ts'
import type { RequestBody } from '../../../wire/body.ts'
import { fileTooLarge, fileTooSmall, malformedPost } from './errors.ts'

/** How large a file may be, in bytes, both inclusive. */
export interface SizeRange {
  readonly min: number
  readonly max: number
}

/** A form's file as a body: it ends by itself, and fails when its size is not allowed. */
export class FileBody implements RequestBody {
  readonly length = undefined
  readonly endsByItself = true
  readonly trailers = {}
  readonly #file: Readable
  readonly #range: SizeRange

  constructor(file: Readable, range: SizeRange) {
    this.#file = file
    this.#range = range
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    const { min, max } = this.#range
    let size = 0
    try {
      for await (const piece of this.#file) {
        size += (piece as Buffer).length
        if (size > max) throw fileTooLarge(size, max)
        yield piece as Buffer
      }
    } catch (error) {
      throw error instanceof AwsError ? error : malformedPost(error)
    }
    if (size < min) throw fileTooSmall(size, min)
  }

  async bytes(limitBytes: number): Promise<Buffer> {
    const pieces: Buffer[] = []
    let size = 0
    for await (const piece of this) {
      size += piece.length
      if (size > limitBytes) throw fileTooLarge(size, limitBytes)
      pieces.push(piece)
    }
    return Buffer.concat(pieces)
  }
}
