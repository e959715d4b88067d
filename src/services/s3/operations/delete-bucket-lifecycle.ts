import type { DeleteBucketLifecycleRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Removes a bucket's lifecycle rules.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html
 */
export const deleteBucketLifecycle: Operation<S3State, InBucket<DeleteBucketLifecycleRequest>, object> = (
  state,
  input,
  context,
) => {
  delete findBucket(state, input, context).lifecycle
  return {}
}
