import { createCipheriv } from 'node:crypto'
import type { Random } from '../../../../src/core/random.ts'

/** Bytes that decoding as text breaks: a BOM, CRLF, a NUL, and sequences that are not UTF-8. */
const hostileToText = Buffer.from([0xef, 0xbb, 0xbf, 0x0d, 0x0a, 0x00, 0xff, 0xfe, 0xc3, 0x28, 0x1a])

/** `length` random bytes, the same for the same source; from 11 on they start with ones that are not text. */
export function randomBytes(random: Random, length: number): Buffer {
  const stream = createCipheriv('aes-256-ctr', Buffer.from(random.hex(64), 'hex'), Buffer.alloc(16))
  const bytes = stream.update(Buffer.alloc(length))
  if (length >= hostileToText.length) hostileToText.copy(bytes)
  return bytes
}

/** A copy with other content and the same length (at least 1 byte). */
export function alterOneByte(random: Random, bytes: Buffer): Buffer {
  const altered = Buffer.from(bytes)
  const index = random.integer(0, altered.length - 1)
  altered[index] = (altered[index] ?? 0) ^ random.integer(1, 255)
  return altered
}

const words = ['ventas', 'clientes', 'informe', 'facturas', 'pedidos', 'precios', 'envios'] as const

/** Pieces that go wrong when somebody encodes, decodes or forgets to; every one may stand in a file name, also on Windows. */
const awkwardPieces = [
  'año',
  'región sur',
  'a+b',
  '100%',
  'c%20d',
  'niño & cía',
  '日本',
  'cafe\u0301',
  "d'or",
  '(1)',
] as const

/** An ordinary name, e.g. `ventas-4f2`. */
export function plainName(random: Random): string {
  return `${random.pick(words)}-${random.hex(3)}`
}

/** A name with spaces, accents, `+` or `%`, e.g. `informe 100% 3c`. */
export function awkwardName(random: Random): string {
  return `${random.pick(words)} ${random.pick(awkwardPieces)} ${random.hex(2)}`
}

/** A name with a space, an accent, a `+` and a `%`, all of them. */
export function mostAwkwardName(random: Random): string {
  return `${random.pick(words)} año+mes 50%25 ${random.pick(awkwardPieces)} ${random.hex(2)}`
}
