import { createHash } from 'node:crypto'
import { createCrc32cHasher, createCrc32Hasher } from './crc32.ts'
import { createCrc64NvmeHasher } from './crc64nvme.ts'
import type { ChecksumHasher } from './hasher.ts'

/** How S3 names, carries and computes one checksum. */
export interface ChecksumFacts {
  /** Bytes of the checksum. */
  readonly length: number
  /** Whether the checksums of two pieces give the checksum of the whole: only then a multipart upload can have a full one. */
  readonly isLinear: boolean
  readonly createHasher: () => ChecksumHasher
}

/** Every checksum that S3 verifies and keeps, by AWS's name. */
export const checksumAlgorithms = {
  CRC32: { length: 4, isLinear: true, createHasher: createCrc32Hasher },
  CRC32C: { length: 4, isLinear: true, createHasher: createCrc32cHasher },
  CRC64NVME: { length: 8, isLinear: true, createHasher: createCrc64NvmeHasher },
  SHA1: { length: 20, isLinear: false, createHasher: () => createHash('sha1') },
  SHA256: { length: 32, isLinear: false, createHasher: () => createHash('sha256') },
  SHA512: { length: 64, isLinear: false, createHasher: () => createHash('sha512') },
  MD5: { length: 16, isLinear: false, createHasher: () => createHash('md5') },
} as const satisfies Record<string, ChecksumFacts>

export type ChecksumAlgorithm = keyof typeof checksumAlgorithms

/**
 * The checksum that S3 computes of every object whose writer announces none.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export const defaultAlgorithm: ChecksumAlgorithm = 'CRC64NVME'

/** Whether a checksum covers the whole object or the checksums of its parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE'

/** A checksum that an object or a part keeps. */
export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm
  /** Base64; a composite one ends in `-` and the number of parts. */
  readonly value: string
  readonly type: ChecksumType
}

/** The members that carry checksums in inputs and outputs, e.g. `ChecksumCRC32`. */
export type ChecksumMembers = {
  readonly [Algorithm in ChecksumAlgorithm as `Checksum${Algorithm}`]?: string | undefined
}

/** AWS's names of all checksums. */
export const checksumNames = Object.keys(checksumAlgorithms) as readonly ChecksumAlgorithm[]

/** Checksums that AWS has too, and that are refused here so that nobody takes them for verified. */
export const unsupportedChecksums = ['XXHASH64', 'XXHASH3', 'XXHASH128'] as const

/** Whether a text names a checksum. */
export function isChecksumAlgorithm(name: string): name is ChecksumAlgorithm {
  return Object.hasOwn(checksumAlgorithms, name)
}

/** The member of inputs and outputs that carries a checksum. */
export function checksumMember(algorithm: ChecksumAlgorithm): keyof ChecksumMembers {
  return `Checksum${algorithm}`
}

/** The header or trailer that carries a checksum. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`
}
