import { type Crc32, crc32, createCrc32 } from '../../../core/crc32.ts'
import type { ChecksumHasher } from './hasher.ts'

/** Castagnoli's polynomial, reflected. */
export const crc32cPolynomial = 0x82f63b78

/** Creates a CRC-32 hasher. */
export function createCrc32Hasher(): ChecksumHasher {
  return createHasher(crc32)
}

/** Creates a CRC-32C hasher. */
export function createCrc32cHasher(): ChecksumHasher {
  return createHasher(crc32c)
}

const crc32c: Crc32 = createCrc32(crc32cPolynomial)

function createHasher(continueCrc: Crc32): ChecksumHasher {
  let checksum = 0
  return {
    update: bytes => {
      checksum = continueCrc(bytes, checksum)
    },
    digest: () => {
      const digest = Buffer.allocUnsafe(4)
      digest.writeUInt32BE(checksum >>> 0)
      return digest
    },
  }
}
