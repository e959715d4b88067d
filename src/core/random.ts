/** A source of random numbers that the same seed repeats exactly. */
export interface Random {
  /** A number in [0, 1). */
  next(): number
  /** An integer in [minimum, maximum], both inclusive. */
  integer(minimum: number, maximum: number): number
  /** One element; `items` must not be empty. */
  pick<T>(items: readonly T[]): T
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[]
  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string
  /** An independent source, the same for the same seed and `name`. */
  fork(name: string): Random
}

/** Creates a random source from a 32-bit seed (sfc32, Chris Doty-Humphrey's small fast counter). */
export function createRandom(seed: number): Random {
  const next = createSfc32(seed)
  const integer = (minimum: number, maximum: number): number =>
    minimum + Math.floor(next() * (maximum - minimum + 1))
  return {
    next,
    integer,
    pick: items => {
      const item = items[integer(0, items.length - 1)]
      if (item === undefined && items.length === 0) throw new RangeError('nothing to pick from')
      return item as (typeof items)[number]
    },
    shuffle: items => {
      const shuffled = [...items]
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = integer(0, last)
        const held = shuffled[last] as (typeof items)[number]
        shuffled[last] = shuffled[other] as (typeof items)[number]
        shuffled[other] = held
      }
      return shuffled
    },
    hex: length => Array.from({ length }, () => integer(0, 15).toString(16)).join(''),
    fork: name => createRandom(hashText(`${seed}/${name}`)),
  }
}

/** A 32-bit hash of a text (FNV-1a), for seeds; not for security. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

function createSfc32(seed: number): () => number {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = seed | 0
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 0x1_0000_0000
  }
  for (let round = 0; round < 12; round++) next()
  return next
}
