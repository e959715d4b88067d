import type { DeleteBucketReplicationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Replicates a bucket no more.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketReplication.html
 */
export const deleteBucketReplication: Operation<S3State, InBucket<DeleteBucketReplicationRequest>, object> = (
  state,
  input,
  context,
) => {
  delete findBucket(state, input, context).replication
  return {}
}
