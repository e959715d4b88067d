import type { Blob } from '../../../cloud/blob-store.ts'
import type { OperationContext } from '../../../cloud/operation.ts'
import type { RequestBody, ResponseBody, StreamedBody } from '../../../wire/body.ts'
import { decrypted } from '../customer-keys/cipher.ts'

/** Bytes from `start` to `end`, end exclusive. */
export interface ByteSpan {
  readonly start: number
  readonly end: number
}

/** Bytes as they are stored, and what opens them where they are encrypted. */
export interface StoredBytes {
  /** In order. */
  readonly blobs: readonly Blob[]
  /** The first counter of each blob that is encrypted. */
  readonly ivs?: readonly Buffer[] | undefined
  /** The customer's key, 32 bytes. */
  readonly key?: Buffer | undefined
}

/** The bytes of an object, or a span of them, as an answer's body. */
export function readBytes(bytes: StoredBytes, span: ByteSpan, context: OperationContext): ResponseBody {
  const { blobs, key } = bytes
  const [only] = blobs
  const isPlain = key === undefined && blobs.length === 1
  if (isPlain && only?.kind === 'memory') return context.blobs.read(only, span.start, span.end)
  return {
    length: span.end - span.start,
    open: () => streamSegments(openSegments(bytes, span, context)),
  }
}

/** The bytes of an object, or a span of them, as if a client sent them, e.g. to copy them. */
export function asRequestBody(bytes: StoredBytes, span: ByteSpan, context: OperationContext): RequestBody {
  const segments = openSegments(bytes, span, context)
  return {
    length: span.end - span.start,
    trailers: {},
    [Symbol.asyncIterator]: () => streamSegments(segments),
    bytes: async () => {
      const pieces: Uint8Array[] = []
      for await (const piece of streamSegments(segments)) pieces.push(piece)
      return Buffer.concat(pieces)
    },
  }
}

/** Opens every segment at once: an object that is overwritten while it is read is still read to its end. */
function openSegments(
  { blobs, ivs, key }: StoredBytes,
  { start, end }: ByteSpan,
  context: OperationContext,
): ResponseBody[] {
  const segments: ResponseBody[] = []
  let offset = 0
  for (const [at, blob] of blobs.entries()) {
    const from = Math.max(start - offset, 0)
    const to = Math.min(end - offset, blob.size)
    if (from < to) {
      const segment = context.blobs.read(blob, from, to)
      const iv = ivs?.[at]
      segments.push(key && iv ? decrypted(segment, { key, iv }, from) : segment)
    }
    offset += blob.size
  }
  return segments
}

async function* streamSegments(segments: readonly ResponseBody[]): AsyncGenerator<Uint8Array> {
  let reached = 0
  try {
    for (const segment of segments) {
      reached++
      if (isStreamed(segment)) yield* segment.open()
      else yield segment
    }
  } finally {
    for (const segment of segments.slice(reached)) await giveUp(segment)
  }
}

/** A segment that nobody will read must be begun to be let go. */
async function giveUp(segment: ResponseBody): Promise<void> {
  if (!isStreamed(segment)) return
  for await (const _ of segment.open()) return
}

function isStreamed(body: ResponseBody): body is StreamedBody {
  return 'open' in body
}
