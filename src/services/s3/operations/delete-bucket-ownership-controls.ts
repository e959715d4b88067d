import type { DeleteBucketOwnershipControlsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Lets ACLs count again: what each account writes is its own.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html
 */
export const deleteBucketOwnershipControls: Operation<
  S3State,
  InBucket<DeleteBucketOwnershipControlsRequest>,
  object
> = (state, input, context) => {
  delete findBucket(state, input, context).objectOwnership
  return {}
}
