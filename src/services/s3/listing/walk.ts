import { afterPrefix } from '../keys/byte-order.ts'
import { type KeyIndex, seekKey, takeKey } from '../keys/key-index.ts'

/** What part of the keys a listing is about; all texts ordered (see keys/byte-order.ts). */
export interface WalkRequest {
  readonly prefix: string
  /** Keys that contain it behind the prefix are grouped; empty for no groups. */
  readonly delimiter: string
  /** The first key to look at, inclusive. */
  readonly from: string
  /** Groups up to this text were listed before; empty for none. */
  readonly groupsAfter: string
}

/** What a listing does with the keys and groups that it meets, in order. */
export interface WalkVisitor {
  /** Whether a key may make its group appear. */
  shows(key: string): boolean
  /** Takes a key; `false` ends the walk. */
  takeKey(key: string): boolean
  /** Takes a group; `false` ends the walk. */
  takeGroup(prefix: string): boolean
}

/**
 * Walks over keys as every S3 listing does. A group is passed with one search, however many keys it has.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-prefixes.html
 */
export function walkKeys(index: KeyIndex, request: WalkRequest, visitor: WalkVisitor): void {
  const { prefix, delimiter, from, groupsAfter } = request
  const begin = isAfter(from, prefix) ? from : prefix
  let position = seekKey(index, begin)
  for (;;) {
    const key = takeKey(index, position)
    if (key === undefined || !key.startsWith(prefix)) return
    const group = groupOf(key, prefix, delimiter)
    if (group === undefined) {
      if (!visitor.takeKey(key)) return
      continue
    }
    const isListed = group > groupsAfter
    if (isListed && !visitor.shows(key)) continue
    if (isListed && !visitor.takeGroup(group)) return
    const next = afterPrefix(group)
    if (next === undefined) return
    position = seekKey(index, next)
  }
}

function isAfter(left: string, right: string): boolean {
  return left > right
}

/** The prefix up to the first delimiter behind `prefix`. */
function groupOf(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined
  const at = key.indexOf(delimiter, prefix.length)
  return at < 0 ? undefined : key.slice(0, at + delimiter.length)
}

/** The first text after `key`, to begin a page behind it. */
export function justAfter(key: string): string {
  return `${key}\u0000`
}
