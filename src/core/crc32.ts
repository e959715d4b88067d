import * as zlib from 'node:zlib'

/** Continues a checksum (0 at first) over more bytes. */
export type Crc32 = (bytes: Uint8Array, checksum: number) => number

/** The polynomial of zip, PNG and Ethernet, reflected. */
export const crc32Polynomial = 0xedb88320

const native = (zlib as { crc32?: Crc32 }).crc32

/** CRC-32: the machine's own code from Node 20.15 on. */
export const crc32: Crc32 = native
  ? // zlib takes an empty buffer for "start again" and forgets what it had.
    (bytes, checksum) => (bytes.length > 0 ? native(bytes, checksum) : checksum)
  : createCrc32(crc32Polynomial)

/** Eight bytes at a time ("slicing by 8"), about a gigabyte a second. */
export function createCrc32(polynomial: number): Crc32 {
  let tables: Int32Array | undefined
  return (bytes, checksum) => {
    tables ??= createTables(polynomial)
    let crc = ~checksum
    let index = 0
    const misaligned = Math.min((4 - (bytes.byteOffset & 3)) & 3, bytes.length)
    for (; index < misaligned; index++) crc = (crc >>> 8) ^ entry(tables, (crc ^ byteAt(bytes, index)) & 255)
    // Fewer bytes may not even reach an address that words can begin at.
    if (bytes.length - index >= 8) {
      const words = new Int32Array(bytes.buffer, bytes.byteOffset + index, (bytes.length - index) >>> 2)
      crc = continueWords(tables, words, crc)
      index += (words.length & ~1) * 4
    }
    for (; index < bytes.length; index++)
      crc = (crc >>> 8) ^ entry(tables, (crc ^ byteAt(bytes, index)) & 255)
    return ~crc >>> 0
  }
}

function continueWords(tables: Int32Array, words: Int32Array, start: number): number {
  let crc = start
  const end = words.length & ~1
  for (let at = 0; at < end; at += 2) {
    const low = crc ^ (words[at] as number)
    const high = words[at + 1] as number
    crc =
      (tables[1792 | (low & 255)] as number) ^
      (tables[1536 | ((low >>> 8) & 255)] as number) ^
      (tables[1280 | ((low >>> 16) & 255)] as number) ^
      (tables[1024 | (low >>> 24)] as number) ^
      (tables[768 | (high & 255)] as number) ^
      (tables[512 | ((high >>> 8) & 255)] as number) ^
      (tables[256 | ((high >>> 16) & 255)] as number) ^
      (tables[high >>> 24] as number)
  }
  return crc
}

/** Table `t` (at `t * 256`) holds the effect of a byte that is followed by `t` zero bytes. */
function createTables(polynomial: number): Int32Array {
  const tables = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1
    tables[byte] = crc
  }
  for (let at = 256; at < tables.length; at++) {
    const shorter = entry(tables, at - 256)
    tables[at] = (shorter >>> 8) ^ entry(tables, shorter & 255)
  }
  return tables
}

function entry(tables: Int32Array, at: number): number {
  return tables[at] as number
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number
}
