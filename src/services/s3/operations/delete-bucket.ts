import type { DeleteBucketRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { bucketHoldsVersions, bucketNotEmpty } from '../errors.ts'
import type { InBucket } from '../input.ts'
import { abortUpload } from '../multipart/uploads.ts'
import type { S3State } from '../state.ts'

/**
 * Deletes an empty bucket; uploads that nobody completed go with it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html
 */
export const deleteBucket: Operation<S3State, InBucket<DeleteBucketRequest>, object> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  if (bucket.objects.size > 0) {
    throw bucket.versioning === undefined ? bucketNotEmpty(bucket.name) : bucketHoldsVersions(bucket.name)
  }
  for (const upload of [...bucket.uploads.values()]) abortUpload(bucket, upload, context)
  state.buckets.delete(bucket.name)
  return {}
}
