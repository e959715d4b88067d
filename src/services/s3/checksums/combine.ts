import { crc32Polynomial } from '../../../core/crc32.ts'
import type { ChecksumAlgorithm } from './algorithms.ts'
import { crc32cPolynomial } from './crc32.ts'
import { crc64NvmePolynomial } from './crc64nvme.ts'

/** A CRC as polynomial arithmetic sees it: reflected, so that the highest bit is x⁰. */
interface CrcField {
  readonly polynomial: bigint
  readonly one: bigint
}

const fields: Partial<Record<ChecksumAlgorithm, CrcField>> = {
  CRC32: { polynomial: BigInt(crc32Polynomial), one: 1n << 31n },
  CRC32C: { polynomial: BigInt(crc32cPolynomial), one: 1n << 31n },
  CRC64NVME: { polynomial: crc64NvmePolynomial, one: 1n << 63n },
}

/** A piece of a whole: its checksum and its length in bytes. */
export interface ChecksummedPiece {
  readonly checksum: Buffer
  readonly size: number
}

/**
 * The CRC of pieces one after another, from their own CRCs and lengths (the method of zlib's `crc32_combine`).
 * @throws RangeError for an algorithm that cannot be combined.
 */
export function combineChecksums(algorithm: ChecksumAlgorithm, pieces: readonly ChecksummedPiece[]): Buffer {
  const field = fields[algorithm]
  if (field === undefined) throw new RangeError(`${algorithm} of a whole does not follow from its pieces`)
  const shifts = new Map<number, bigint>()
  let whole = 0n
  for (const { checksum, size } of pieces) {
    const shift = shifts.get(size) ?? zeroBytes(field, size)
    shifts.set(size, shift)
    whole = multiply(field, shift, whole) ^ BigInt(`0x${checksum.toString('hex')}`)
  }
  const digits = field.one === 1n << 63n ? 16 : 8
  return Buffer.from(whole.toString(16).padStart(digits, '0'), 'hex')
}

/** x to the power of 8 · `count`: what `count` more zero bytes do to a CRC. */
function zeroBytes(field: CrcField, count: number): bigint {
  let power = field.one
  let square = field.one >> 8n
  for (let left = count; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = multiply(field, square, power)
    square = multiply(field, square, square)
  }
  return power
}

function multiply({ polynomial, one }: CrcField, left: bigint, right: bigint): bigint {
  let product = 0n
  let shifted = right
  for (let bit = one; bit > 0n; bit >>= 1n) {
    if (left & bit) product ^= shifted
    shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n
  }
  return product
}
