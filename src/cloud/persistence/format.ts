/** Version of the data folder's files; another one is refused. */
export const formatVersion = 1

/** How a value begins. Containers come without what is in them, which follows when it is their turn. */
export const valueTags = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  /** A whole number ≥ 0, and the distance of one below from −1. */
  whole: 4,
  negative: 5,
  double: 6,
  text: 7,
  /** Bytes of a Buffer, and of a plain Uint8Array. */
  buffer: 8,
  bytes: 9,
  date: 10,
  bigint: 11,
  /** A container that was written before, by its number. */
  known: 12,
  /** A container that gets the next number; its kind is added to the tag. */
  fresh: 16,
} as const

/** What is done, one after the other. */
export const steps = {
  /** What is in the next container that came as fresh. */
  define: 0,
  set: 1,
  delete: 2,
  splice: 3,
  rewrite: 4,
  put: 5,
  drop: 6,
  add: 7,
  clear: 8,
  /** All states have been written: what follows are changes. */
  complete: 9,
} as const

/** Lists of a record's names are written once and then go by a number; no more of them than this, in number and length. */
export const maxShapes = 4096
export const maxShapeNames = 64
