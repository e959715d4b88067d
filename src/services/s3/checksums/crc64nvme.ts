import type { ChecksumHasher } from './hasher.ts'

/** The polynomial of NVMe's CRC-64, reflected. */
export const crc64NvmePolynomial = 0x9a6c9329ac4bc9b5n

/** 64-bit entries in halves, because JavaScript's fast integers have 32 bits. */
interface Tables {
  readonly low: Int32Array
  readonly high: Int32Array
}

let tables: Tables | undefined

/** Creates a CRC-64/NVME hasher: eight bytes at a time, about a gigabyte a second. */
export function createCrc64NvmeHasher(): ChecksumHasher {
  tables ??= createTables()
  const { low, high } = tables
  const crc = { low: -1, high: -1 }
  return {
    update: bytes => {
      // Fewer bytes may not even reach an address that words can begin at.
      if (bytes.length < 12) return continueBytes({ low, high }, crc, bytes)
      const misaligned = Math.min((4 - (bytes.byteOffset & 3)) & 3, bytes.length)
      continueBytes({ low, high }, crc, bytes.subarray(0, misaligned))
      const wordCount = ((bytes.length - misaligned) >>> 2) & ~1
      continueWords(
        { low, high },
        crc,
        new Int32Array(bytes.buffer, bytes.byteOffset + misaligned, wordCount),
      )
      continueBytes({ low, high }, crc, bytes.subarray(misaligned + wordCount * 4))
    },
    digest: () => {
      const digest = Buffer.allocUnsafe(8)
      digest.writeUInt32BE(~crc.high >>> 0, 0)
      digest.writeUInt32BE(~crc.low >>> 0, 4)
      return digest
    },
  }
}

interface Crc64 {
  low: number
  high: number
}

function continueBytes({ low, high }: Tables, crc: Crc64, bytes: Uint8Array): void {
  for (const byte of bytes) {
    const index = (crc.low ^ byte) & 255
    crc.low = ((crc.low >>> 8) | (crc.high << 24)) ^ (low[index] as number)
    crc.high = (crc.high >>> 8) ^ (high[index] as number)
  }
}

function continueWords({ low, high }: Tables, crc: Crc64, words: Int32Array): void {
  let crcLow = crc.low
  let crcHigh = crc.high
  for (let at = 0; at < words.length; at += 2) {
    const first = crcLow ^ (words[at] as number)
    const second = crcHigh ^ (words[at + 1] as number)
    const i0 = 1792 | (first & 255)
    const i1 = 1536 | ((first >>> 8) & 255)
    const i2 = 1280 | ((first >>> 16) & 255)
    const i3 = 1024 | (first >>> 24)
    const i4 = 768 | (second & 255)
    const i5 = 512 | ((second >>> 8) & 255)
    const i6 = 256 | ((second >>> 16) & 255)
    const i7 = second >>> 24
    crcLow =
      (low[i0] as number) ^
      (low[i1] as number) ^
      (low[i2] as number) ^
      (low[i3] as number) ^
      (low[i4] as number) ^
      (low[i5] as number) ^
      (low[i6] as number) ^
      (low[i7] as number)
    crcHigh =
      (high[i0] as number) ^
      (high[i1] as number) ^
      (high[i2] as number) ^
      (high[i3] as number) ^
      (high[i4] as number) ^
      (high[i5] as number) ^
      (high[i6] as number) ^
      (high[i7] as number)
  }
  crc.low = crcLow
  crc.high = crcHigh
}

/** Table `t` (at `t * 256`) holds the effect of a byte that is followed by `t` zero bytes. */
function createTables(): Tables {
  const low = new Int32Array(8 * 256)
  const high = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = BigInt(byte)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ crc64NvmePolynomial : crc >> 1n
    low[byte] = Number(BigInt.asIntN(32, crc))
    high[byte] = Number(BigInt.asIntN(32, crc >> 32n))
  }
  for (let at = 256; at < low.length; at++) {
    const shorterLow = low[at - 256] as number
    const shorterHigh = high[at - 256] as number
    const index = shorterLow & 255
    low[at] = ((shorterLow >>> 8) | (shorterHigh << 24)) ^ (low[index] as number)
    high[at] = (shorterHigh >>> 8) ^ (high[index] as number)
  }
  return { low, high }
}
