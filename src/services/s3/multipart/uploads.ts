import type { OperationContext } from '../../../cloud/operation.ts'
import { invalidArgument, noSuchUpload } from '../errors.ts'
import { maxPartNumber } from '../limits.ts'
import type { Bucket, MultipartUpload, UploadedPart } from '../state.ts'

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

/**
 * Keeps a part, in the place of an earlier one with its number; the part is freed when its upload is gone meanwhile.
 * @throws AwsError NoSuchUpload
 */
export function keepPart(
  target: { readonly bucket: Bucket; readonly upload: MultipartUpload; readonly part: UploadedPart },
  context: OperationContext,
): void {
  const { bucket, upload, part } = target
  if (bucket.uploads.get(upload.id) !== upload) {
    context.blobs.remove(part.blob)
    throw noSuchUpload(upload.id)
  }
  const earlier = upload.parts.get(part.partNumber)
  if (earlier !== undefined) context.blobs.remove(earlier.blob)
  upload.parts.set(part.partNumber, part)
}

/** Ends an upload without an object and frees its parts. */
export function abortUpload(bucket: Bucket, upload: MultipartUpload, context: OperationContext): void {
  bucket.uploads.delete(upload.id)
  for (const part of upload.parts.values()) context.blobs.remove(part.blob)
}
