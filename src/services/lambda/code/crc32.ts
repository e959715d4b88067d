import * as zlib from 'node:zlib'

/** The CRC-32 that zips carry; the machine's own where Node has it (20.15 and up). */
export const crc32: (bytes: Buffer) => number =
  (zlib as { crc32?: (bytes: Buffer) => number }).crc32 ?? computeCrc32

const table = Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

function computeCrc32(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] ?? 0)
  return (value ^ 0xffffffff) >>> 0
}
