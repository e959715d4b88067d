import type { Blob } from '../../../cloud/blob-store.ts'
import type { OperationContext } from '../../../cloud/operation.ts'
import type { StoredChecksum } from '../checksums/algorithms.ts'
import { invalidArgument } from '../errors.ts'
import { maxPartNumber } from '../limits.ts'
import { wholeSeconds } from '../objects/versions.ts'
import type { Bucket, MultipartUpload, UploadedPart } from '../state.ts'
import { noSuchUpload } from './errors.ts'

/** Digits of an upload id. */
export const uploadIdLength = 64

/** Whether a text has the form of an upload id. */
export function isUploadId(text: string): boolean {
  return text.length === uploadIdLength && /^[0-9a-f]+$/.test(text)
}

/** What names an upload in a request. */
export interface UploadReference {
  readonly Key: string
  readonly UploadId: string | undefined
}

/**
 * The upload that a request names.
 * @throws AwsError NoSuchUpload
 */
export function findUpload(bucket: Bucket, { Key, UploadId = '' }: UploadReference): MultipartUpload {
  const upload = bucket.uploads.get(UploadId)
  if (upload === undefined || upload.key !== Key) throw noSuchUpload(UploadId)
  return upload
}

/**
 * Refuses a part number outside of 1–10,000.
 * @throws AwsError InvalidArgument
 */
export function validatePartNumber(partNumber: number | undefined): number {
  if (
    partNumber !== undefined &&
    Number.isInteger(partNumber) &&
    partNumber >= 1 &&
    partNumber <= maxPartNumber
  ) {
    return partNumber
  }
  const message = `Part number must be an integer between 1 and ${maxPartNumber}, inclusive`
  throw invalidArgument(message, 'partNumber', partNumber)
}

/** Bytes of a part that were stored, with the digests that are kept of them. */
export interface PartBytes {
  readonly blob: Blob
  /** MD5 in hexadecimal. */
  readonly eTag: string
  readonly checksum?: StoredChecksum | undefined
  /** The default checksum in base64, where the upload promised none. */
  readonly defaultValue?: string | undefined
  /** The first counter where they are encrypted. */
  readonly iv?: Buffer | undefined
}

/**
 * Keeps a part, in the place of an earlier one with its number; its bytes are freed when its upload is gone meanwhile.
 * @throws AwsError NoSuchUpload
 */
export function keepPart(
  target: { readonly bucket: Bucket; readonly upload: MultipartUpload; readonly partNumber: number },
  { blob, eTag, checksum, defaultValue, iv }: PartBytes,
  context: OperationContext,
): UploadedPart {
  const { bucket, upload, partNumber } = target
  if (bucket.uploads.get(upload.id) !== upload) {
    context.blobs.remove(blob)
    throw noSuchUpload(upload.id)
  }
  const earlier = upload.parts.get(partNumber)
  if (earlier !== undefined) context.blobs.remove(earlier.blob)
  const part: UploadedPart = {
    partNumber,
    size: blob.size,
    eTag,
    lastModified: wholeSeconds(context.clock.now()),
    blob,
    ...(iv !== undefined && { iv }),
    ...(checksum !== undefined && { checksum }),
    ...(defaultValue !== undefined && { crc64Nvme: defaultValue }),
  }
  upload.parts.set(partNumber, part)
  return part
}

/** Ends an upload without an object and frees its parts. */
export function abortUpload(bucket: Bucket, upload: MultipartUpload, context: OperationContext): void {
  bucket.uploads.delete(upload.id)
  for (const part of upload.parts.values()) context.blobs.remove(part.blob)
}
