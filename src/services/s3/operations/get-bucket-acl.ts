import type { GetBucketAclOutput, GetBucketAclRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { grantsOf } from '../acl/answer.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import { ownerOf } from '../owner.ts'
import type { S3State } from '../state.ts'

/**
 * Tells a bucket's ACL.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html
 */
export const getBucketAcl: Operation<S3State, InBucket<GetBucketAclRequest>, Answer<GetBucketAclOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const { ownerAccountId } = bucket
  return { Owner: ownerOf(ownerAccountId), Grants: grantsOf(bucket, bucket.acl, ownerAccountId) }
}
