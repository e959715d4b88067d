import { deserialize, serialize } from 'node:v8'

const lengthBytes = 4

/** No answer of a student's code needs more; a larger frame ends its process. */
export const maximumFrameBytes = 64 * 1024 * 1024

/** Bytes that no harness writes: the student's code wrote to the channel itself. */
export class BrokenFrameError extends Error {
  override readonly name = 'BrokenFrameError'
}

/** A frame larger than {@link maximumFrameBytes}. */
export class LargeFrameError extends Error {
  override readonly name = 'LargeFrameError'
}

/** A value with its length in front (four bytes, big endian), as the harness reads it. */
export function encodeFrame(value: unknown): Buffer {
  const body = serialize(value)
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(body.length)
  return Buffer.concat([length, body])
}

/**
 * Creates a reader of frames: give it chunks, it gives the values that are complete.
 * The bytes come from a process that the student controls, so whatever is wrong with them is a
 * {@link BrokenFrameError} or a {@link LargeFrameError}.
 */
export function createFrameReader(): (chunk: Buffer) => unknown[] {
  let chunks: Buffer[] = []
  let available = 0
  return chunk => {
    chunks.push(chunk)
    available += chunk.length
    const values: unknown[] = []
    for (;;) {
      const needed = neededBytes(chunks, available)
      if (needed > maximumFrameBytes) throw new LargeFrameError(`a frame of ${needed} bytes`)
      if (available < needed) return values
      const whole = Buffer.concat(chunks, available)
      values.push(decode(whole.subarray(lengthBytes, needed)))
      chunks = [whole.subarray(needed)]
      available -= needed
    }
  }
}

function neededBytes(chunks: readonly Buffer[], available: number): number {
  if (available < lengthBytes) return lengthBytes
  const first = chunks[0]
  const head = first !== undefined && first.length >= lengthBytes ? first : Buffer.concat(chunks)
  return lengthBytes + head.readUInt32BE(0)
}

function decode(body: Buffer): unknown {
  try {
    return deserialize(body)
  } catch (cause) {
    throw new BrokenFrameError('a frame that cannot be read', { cause })
  }
}
