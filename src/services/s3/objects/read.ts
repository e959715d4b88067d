import type { Blob } from '../../../cloud/blob-store.ts'
import type { OperationContext } from '../../../cloud/operation.ts'
import type { RequestBody, ResponseBody, StreamedBody } from '../../../wire/body.ts'

/** Bytes from `start` to `end`, end exclusive. */
export interface ByteSpan {
  readonly start: number
  readonly end: number
}

/** The bytes of an object, or a span of them, as an answer's body. */
export function readBytes(blobs: readonly Blob[], span: ByteSpan, context: OperationContext): ResponseBody {
  const [only] = blobs
  if (blobs.length === 1 && only?.kind === 'memory') return context.blobs.read(only, span.start, span.end)
  return {
    length: span.end - span.start,
    open: () => streamSegments(openSegments(blobs, span, context)),
  }
}

/** The bytes of an object, or a span of them, as if a client sent them, e.g. to copy them. */
export function asRequestBody(
  blobs: readonly Blob[],
  span: ByteSpan,
  context: OperationContext,
): RequestBody {
  const segments = openSegments(blobs, span, context)
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
  blobs: readonly Blob[],
  { start, end }: ByteSpan,
  context: OperationContext,
): ResponseBody[] {
  const segments: ResponseBody[] = []
  let offset = 0
  for (const blob of blobs) {
    const from = Math.max(start - offset, 0)
    const to = Math.min(end - offset, blob.size)
    if (from < to) segments.push(context.blobs.read(blob, from, to))
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
