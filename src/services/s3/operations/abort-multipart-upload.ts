import type { AbortMultipartUploadRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { OnKey } from '../input.ts'
import { abortUpload, findUpload } from '../multipart/uploads.ts'
import type { S3State } from '../state.ts'

/**
 * Ends a multipart upload without an object.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
 */
export const abortMultipartUpload: Operation<S3State, OnKey<AbortMultipartUploadRequest>, object> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  abortUpload(bucket, findUpload(bucket, input), context)
  return {}
}
