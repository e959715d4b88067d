import type { PutBucketEncryptionRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { readEncryptionRule } from '../buckets/encryption.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Says how new objects of a bucket are encrypted when their writer does not.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html
 */
export const putBucketEncryption: Operation<S3State, InBucket<PutBucketEncryptionRequest>, object> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  bucket.encryption = readEncryptionRule(input.ServerSideEncryptionConfiguration)
  return {}
}
