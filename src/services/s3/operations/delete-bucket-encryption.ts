import type { DeleteBucketEncryptionRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Goes back to SSE-S3.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html
 */
export const deleteBucketEncryption: Operation<S3State, InBucket<DeleteBucketEncryptionRequest>, object> = (
  state,
  input,
  context,
) => {
  delete findBucket(state, input, context).encryption
  return {}
}
