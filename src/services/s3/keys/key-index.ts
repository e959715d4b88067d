/**
 * Sorted keys in chunks: adding or removing one moves at most a chunk, and a page of a listing is a walk over arrays.
 * Plain arrays, so that the state can be saved. Keys are ordered text (see byte-order.ts).
 */
export interface KeyIndex {
  /** Sorted chunks of sorted keys; no chunk is empty. */
  readonly chunks: string[][]
}

/** Where a walk stands; `chunk` equals the number of chunks at the end. */
export interface KeyPosition {
  chunk: number
  offset: number
}

/** Keys in a chunk before it splits: small enough to move in a microsecond, large enough to keep the chunks few. */
const maxChunkKeys = 1024

/** Creates an index without keys. */
export function createKeyIndex(): KeyIndex {
  return { chunks: [] }
}

/** Adds a key that the index does not hold. */
export function addKey(index: KeyIndex, key: string): void {
  const { chunks } = index
  const at = Math.max(0, lastChunkAtMost(chunks, key))
  const chunk = chunks[at]
  if (chunk === undefined) {
    chunks.push([key])
    return
  }
  chunk.splice(lowerBound(chunk, key), 0, key)
  if (chunk.length > maxChunkKeys) splitChunk(chunks, at)
}

/** Removes a key; nothing happens when the index does not hold it. */
export function removeKey(index: KeyIndex, key: string): void {
  const { chunks } = index
  const at = lastChunkAtMost(chunks, key)
  const chunk = chunks[at]
  if (chunk === undefined) return
  const offset = lowerBound(chunk, key)
  if (chunk[offset] !== key) return
  chunk.splice(offset, 1)
  if (chunk.length === 0) chunks.splice(at, 1)
}

/** The position of the first key that is `from` or comes after it. */
export function seekKey(index: KeyIndex, from: string): KeyPosition {
  const { chunks } = index
  const at = Math.max(0, lastChunkAtMost(chunks, from))
  const chunk = chunks[at]
  if (chunk === undefined) return { chunk: 0, offset: 0 }
  const offset = lowerBound(chunk, from)
  return offset < chunk.length ? { chunk: at, offset } : { chunk: at + 1, offset: 0 }
}

/** The key at a position, `undefined` at the end; the position moves to the next one. */
export function takeKey(index: KeyIndex, position: KeyPosition): string | undefined {
  const chunk = index.chunks[position.chunk]
  if (chunk === undefined) return undefined
  const key = chunk[position.offset]
  position.offset++
  if (position.offset >= chunk.length) {
    position.chunk++
    position.offset = 0
  }
  return key
}

/** A chunk that grew at its end keeps nearly everything: keys written in order then fill their chunks. */
function splitChunk(chunks: string[][], at: number): void {
  const chunk = chunks[at]
  if (chunk === undefined) return
  const isLast = at === chunks.length - 1
  const middle = isLast ? chunk.length - 1 : chunk.length >>> 1
  chunks.splice(at + 1, 0, chunk.splice(middle))
}

/** The last chunk whose first key is at most `key`, −1 when all come after it. */
function lastChunkAtMost(chunks: readonly string[][], key: string): number {
  let low = 0
  let high = chunks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((chunks[middle]?.[0] ?? '') <= key) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The offset of the first key that is at least `key`. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? '') < key) low = middle + 1
    else high = middle
  }
  return low
}
