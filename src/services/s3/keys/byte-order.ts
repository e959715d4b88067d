/**
 * S3 orders keys by their UTF-8 bytes, JavaScript orders text by UTF-16 code units. They differ only where surrogate
 * pairs (U+10000 and up) meet U+E000–U+FFFF. Ordered text swaps those two ranges, so that plain comparison, prefixes and
 * delimiters all work in S3's order; for nearly every key it is the key itself.
 */

const needsSwap = /[\ud800-\uffff]/

/** The text whose code units compare as `key`'s UTF-8 bytes do. */
export function toOrdered(key: string): string {
  return needsSwap.test(key) ? mapCodeUnits(key, raise) : key
}

/** The key that `toOrdered` was given. */
export function fromOrdered(ordered: string): string {
  return needsSwap.test(ordered) ? mapCodeUnits(ordered, lower) : ordered
}

/**
 * The first text, in order, after every text that starts with `ordered`.
 * `undefined` when there is none.
 */
export function afterPrefix(ordered: string): string | undefined {
  for (let last = ordered.length - 1; last >= 0; last--) {
    const unit = ordered.charCodeAt(last)
    if (unit < 0xffff) return ordered.slice(0, last) + String.fromCharCode(unit + 1)
  }
  return undefined
}

function mapCodeUnits(text: string, map: (unit: number) => number): string {
  let mapped = ''
  for (let index = 0; index < text.length; index++) mapped += String.fromCharCode(map(text.charCodeAt(index)))
  return mapped
}

function raise(unit: number): number {
  if (unit < 0xd800) return unit
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000
}

function lower(unit: number): number {
  if (unit < 0xd800) return unit
  return unit >= 0xf800 ? unit - 0x2000 : unit + 0x800
}
