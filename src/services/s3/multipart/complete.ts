import { createHash } from 'node:crypto'
import type { CompletedPart as RequestedPart } from '@aws-sdk/client-s3'
import {
  type ChecksumMembers,
  checksumAlgorithms,
  checksumMember,
  checksumNames,
  defaultAlgorithm,
  type StoredChecksum,
} from '../checksums/algorithms.ts'
import { combineChecksums } from '../checksums/combine.ts'
import { badDigest, invalidRequest } from '../errors.ts'
import { toOrdered } from '../keys/byte-order.ts'
import { minPartBytes } from '../limits.ts'
import type { Bucket, MultipartUpload, StoredObject, UploadedPart } from '../state.ts'
import { invalidPart, invalidPartOrder, partTooSmall } from './errors.ts'

/**
 * The uploaded parts that a completion names, in order, each checked against what the completion says of it.
 * @throws AwsError InvalidRequest, InvalidPartOrder, InvalidPart, EntityTooSmall, BadDigest
 */
export function selectParts(
  upload: MultipartUpload,
  requested: readonly RequestedPart[] | undefined,
): UploadedPart[] {
  if (requested === undefined || requested.length === 0)
    throw invalidRequest('You must specify at least one part')
  let last = 0
  for (const { PartNumber = 0 } of requested) {
    if (PartNumber <= last) throw invalidPartOrder(upload.id)
    last = PartNumber
  }
  const parts = requested.map(part => selectPart(upload, part))
  for (const part of parts.slice(0, -1)) {
    if (part.size < minPartBytes) throw partTooSmall({ ...part, minBytes: minPartBytes })
  }
  return parts
}

/** The ETag of a multipart object: the MD5 of its parts' MD5s (ETags without quotes), and their number. */
export function multipartETag(parts: readonly { readonly eTag: string }[]): string {
  const md5 = createHash('md5')
  for (const part of parts) md5.update(part.eTag, 'hex')
  return `${md5.digest('hex')}-${parts.length}`
}

/** A part's ETag without its quotes: an MD5. */
const partETag = /^[0-9a-f]{32}$/

/** The object that a completion, sent once more, has made already: its upload is gone, its parts are the same. */
export function findCompleted(
  bucket: Bucket,
  key: string,
  completion: { readonly uploadId: string | undefined; readonly parts: readonly RequestedPart[] },
): StoredObject | undefined {
  const { uploadId, parts } = completion
  const eTags = parts.map(unquoted)
  if (!eTags.every(each => partETag.test(each))) return undefined
  const eTag = multipartETag(eTags.map(each => ({ eTag: each })))
  const versions = bucket.objects.get(toOrdered(key)) ?? []
  return versions.find(
    (version): version is StoredObject =>
      version.kind === 'object' && version.uploadId === uploadId && version.eTag === eTag,
  )
}

/** What an upload gets that promised no checksum. */
const byDefault = { algorithm: defaultAlgorithm, type: 'FULL_OBJECT' } as const

/** The checksum of a multipart object: over its parts' checksums, or of the whole, computed from theirs. */
export function multipartChecksum(upload: MultipartUpload, parts: readonly UploadedPart[]): StoredChecksum {
  const { algorithm, type } = upload.checksum ?? byDefault
  const pieces = parts.map(part => ({
    checksum: Buffer.from((upload.checksum ? part.checksum?.value : part.crc64Nvme) ?? '', 'base64'),
    size: part.size,
  }))
  if (type === 'FULL_OBJECT') {
    return { algorithm, type, value: combineChecksums(algorithm, pieces).toString('base64') }
  }
  const hasher = checksumAlgorithms[algorithm].createHasher()
  for (const piece of pieces) hasher.update(piece.checksum)
  return { algorithm, type, value: `${hasher.digest().toString('base64')}-${parts.length}` }
}

/** What a completion says of the whole object. */
export interface WholeClaims extends ChecksumMembers {
  readonly ChecksumType?: string | undefined
  readonly MpuObjectSize?: number | string | undefined
}

/**
 * Checks what a completion says of the whole object.
 * @throws AwsError InvalidRequest, BadDigest
 */
export function checkWhole(
  claims: WholeClaims,
  upload: MultipartUpload,
  whole: { readonly size: number; readonly checksum: StoredChecksum | undefined },
): void {
  const claimedSize = claims.MpuObjectSize
  if (claimedSize !== undefined && Number(claimedSize) !== whole.size) {
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${claimedSize} does not match what was computed: ${whole.size}`,
    )
  }
  const { algorithm, value } = whole.checksum ?? {}
  const claimed = checksumNames.filter(name => claims[checksumMember(name)] !== undefined)
  if (upload.checksum === undefined || claimed.length === 0) return
  const isRight = claimed.every(name => name === algorithm && claims[checksumMember(name)] === value)
  if (!isRight) {
    const named = upload.checksum.algorithm.toLowerCase()
    throw badDigest(`The ${named} you specified did not match the calculated checksum.`)
  }
}

/**
 * Refuses a completion whose kind of checksum is not the upload's.
 * @throws AwsError InvalidRequest
 */
export function checkChecksumType(claims: WholeClaims, { checksum }: MultipartUpload): void {
  if (claims.ChecksumType === undefined || claims.ChecksumType === checksum?.type) return
  throw invalidRequest(
    `The upload was created using the ${checksum?.type ?? 'null'} checksum mode. The complete request must use the same checksum mode.`,
  )
}

function selectPart(upload: MultipartUpload, requested: RequestedPart): UploadedPart {
  const partNumber = requested.PartNumber ?? 0
  const eTag = unquoted(requested)
  const part = upload.parts.get(partNumber)
  const unlike = invalidPart({ uploadId: upload.id, partNumber, eTag })
  if (part === undefined || part.eTag !== eTag) throw unlike
  if (!checksumAgrees(upload, requested, part)) throw unlike
  return part
}

function checksumAgrees(
  { checksum }: MultipartUpload,
  requested: RequestedPart,
  part: UploadedPart,
): boolean {
  const claimed = checksumNames.filter(name => requested[checksumMember(name)] !== undefined)
  if (checksum === undefined) return claimed.length === 0
  const claim = requested[checksumMember(checksum.algorithm)]
  if (claim !== undefined) return claim === part.checksum?.value
  if (checksum.type === 'FULL_OBJECT') return true
  const [other] = claimed
  if (other !== undefined) {
    throw badDigest(
      `The ${other.toLowerCase()} you specified for part ${part.partNumber} did not match what we received.`,
    )
  }
  const algorithm = checksum.algorithm.toLowerCase()
  throw invalidRequest(
    `The upload was created using a ${algorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${part.partNumber} in the request.`,
  )
}

function unquoted({ ETag = '' }: RequestedPart): string {
  return ETag.replaceAll('"', '')
}
