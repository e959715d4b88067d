import type { DeleteBucketCorsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Lets pages of other sites use a bucket no more.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html
 */
export const deleteBucketCors: Operation<S3State, InBucket<DeleteBucketCorsRequest>, object> = (
  state,
  input,
  context,
) => {
  delete findBucket(state, input, context).cors
  return {}
}
