import type { AwsError } from '../../../core/aws-error.ts'
import { s3Error } from '../errors.ts'

/** An unknown, completed or aborted multipart upload. */
export function noSuchUpload(uploadId: string): AwsError {
  const message =
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.'
  return s3Error(404, 'NoSuchUpload', message, { UploadId: uploadId })
}

/** A part that a completion names and that is not there as it says. */
export function invalidPart(part: { uploadId: string; partNumber: number; eTag: string }): AwsError {
  const message =
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
  return s3Error(400, 'InvalidPart', message, {
    UploadId: part.uploadId,
    PartNumber: part.partNumber,
    ETag: part.eTag,
  })
}

/** A completion whose parts do not ascend. */
export function invalidPartOrder(uploadId: string): AwsError {
  const message = 'The list of parts was not in ascending order. Parts must be ordered by part number.'
  return s3Error(400, 'InvalidPartOrder', message, { UploadId: uploadId })
}

/** A part before the last one is too small. */
export function partTooSmall(part: {
  partNumber: number
  eTag: string
  size: number
  minBytes: number
}): AwsError {
  return s3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
    ProposedSize: part.size,
    MinSizeAllowed: part.minBytes,
    PartNumber: part.partNumber,
    ETag: part.eTag,
  })
}
