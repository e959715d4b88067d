import type { PutBucketAclRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { readAclChange } from '../acl/read.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Replaces a bucket's ACL, by a canned one, by grants in headers or by a document.
 * It decides who may use the bucket where permissions do (`ENFORCE_IAM=1`).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html
 */
export const putBucketAcl: Operation<S3State, InBucket<PutBucketAclRequest>, object> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  bucket.acl = readAclChange(bucket, input, bucket.ownerAccountId, context)
  return {}
}
