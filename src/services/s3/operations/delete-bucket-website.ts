import type { DeleteBucketWebsiteRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Serves a bucket as a website no more.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketWebsite.html
 */
export const deleteBucketWebsite: Operation<S3State, InBucket<DeleteBucketWebsiteRequest>, object> = (
  state,
  input,
  context,
) => {
  delete findBucket(state, input, context).website
  return {}
}
