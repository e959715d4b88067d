import { maximumLineBytes } from './limits.ts'

/** Cuts a stream of bytes into messages; the last one may still be incomplete. */
export interface MessageReader {
  read(chunk: Buffer): void
  /** Gives what has no end yet. */
  flush(): void
}

/**
 * Creates a reader of messages that end with `delimiter` (a byte). Longer ones than AWS takes are given in pieces, so
 * that what is held in memory has a bound.
 */
export function createMessageReader(delimiter: number, onMessage: (text: string) => void): MessageReader {
  let pending: Buffer[] = []
  let pendingBytes = 0
  const flush = (): void => {
    if (pendingBytes === 0) return
    const bytes = pending.length === 1 ? pending[0] : Buffer.concat(pending)
    pending = []
    pendingBytes = 0
    if (bytes !== undefined) onMessage(bytes.toString('utf8'))
  }
  const hold = (bytes: Buffer): void => {
    for (let rest = bytes; rest.length > 0; ) {
      const piece = rest.subarray(0, maximumLineBytes - pendingBytes)
      pending.push(piece)
      pendingBytes += piece.length
      rest = rest.subarray(piece.length)
      if (pendingBytes === maximumLineBytes) flush()
    }
  }
  return {
    read: chunk => {
      let start = 0
      for (let end = chunk.indexOf(delimiter); end >= 0; end = chunk.indexOf(delimiter, start)) {
        if (end === start && pendingBytes === 0) onMessage('')
        hold(chunk.subarray(start, end))
        flush()
        start = end + 1
      }
      hold(chunk.subarray(start))
    },
    flush,
  }
}
