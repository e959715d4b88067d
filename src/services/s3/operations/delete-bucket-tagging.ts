import type { DeleteBucketTaggingRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Removes a bucket's tags.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html
 */
export const deleteBucketTagging: Operation<S3State, InBucket<DeleteBucketTaggingRequest>, object> = (
  state,
  input,
  context,
) => {
  delete findBucket(state, input, context).tags
  return {}
}
