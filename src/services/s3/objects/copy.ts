import { createHash } from 'node:crypto'
import type { Blob } from '../../../cloud/blob-store.ts'
import type { OperationContext } from '../../../cloud/operation.ts'
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  isChecksumAlgorithm,
  type StoredChecksum,
} from '../checksums/algorithms.ts'
import { invalidRequest } from '../errors.ts'
import type { StoredObject } from '../state.ts'
import { asRequestBody, type ByteSpan } from './read.ts'
import { storeBytes } from './receive.ts'

/** Bytes that were copied within the cloud. */
export interface CopiedBytes {
  readonly blob: Blob
  /** MD5 in hexadecimal. */
  readonly eTag: string
  readonly checksum?: StoredChecksum
  /** The first counter where the copy was encrypted. */
  readonly iv?: Buffer
}

/** What is copied and which checksum the copy gets. */
export interface CopyOrder {
  readonly object: StoredObject
  readonly span: ByteSpan
  readonly algorithm: ChecksumAlgorithm | undefined
  /** Customers' keys: the source's, and the copy's. */
  readonly sourceKey: Buffer | undefined
  readonly key: Buffer | undefined
}

/** Copies bytes; digests that the source has already are taken over. */
export async function copyBytes(
  { object, span, algorithm, sourceKey, key }: CopyOrder,
  context: OperationContext,
): Promise<CopiedBytes> {
  const isWhole = span.start === 0 && span.end === object.size
  const knownETag = isWhole && object.parts === undefined ? object.eTag : undefined
  const knownChecksum = isWhole ? reusableChecksum(object, algorithm) : undefined
  const md5 = knownETag === undefined ? createHash('md5') : undefined
  const hasher =
    algorithm !== undefined && knownChecksum === undefined
      ? checksumAlgorithms[algorithm].createHasher()
      : undefined
  const observers = [md5, hasher].filter(observer => observer !== undefined)
  const body = asRequestBody({ blobs: object.blobs, ivs: object.ivs, key: sourceKey }, span, context)
  const stored = await storeBytes({ body, observers, key }, context)
  const eTag = knownETag ?? md5?.digest('hex') ?? ''
  if (algorithm === undefined) return { ...stored, eTag }
  const value = hasher?.digest().toString('base64')
  const checksum = value === undefined ? knownChecksum : { algorithm, value, type: 'FULL_OBJECT' as const }
  return { ...stored, eTag, ...(checksum !== undefined && { checksum }) }
}

/**
 * Reads the name of a checksum that a request wants S3 to compute.
 * @throws AwsError InvalidRequest
 */
export function readWantedAlgorithm(name: string | undefined): ChecksumAlgorithm | undefined {
  if (name === undefined) return undefined
  const upper = name.toUpperCase()
  if (isChecksumAlgorithm(upper)) return upper
  throw invalidRequest(
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  )
}

function reusableChecksum({ checksum }: StoredObject, algorithm: ChecksumAlgorithm | undefined) {
  const isSame = checksum?.algorithm === algorithm && checksum?.type === 'FULL_OBJECT'
  return isSame ? checksum : undefined
}
