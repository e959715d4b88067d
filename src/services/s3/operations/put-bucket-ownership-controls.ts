import type { PutBucketOwnershipControlsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { isOwnerOnly } from '../acl/grants.ts'
import { findBucket } from '../buckets/find.ts'
import { defaultOwnership, ownerships } from '../buckets/ownership.ts'
import { bucketAclWithOwnership, malformedXml } from '../errors.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Says who owns objects that others write, and whether ACLs count.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html
 */
export const putBucketOwnershipControls: Operation<
  S3State,
  InBucket<PutBucketOwnershipControlsRequest>,
  object
> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  const rules = input.OwnershipControls?.Rules ?? []
  const ownership = rules[0]?.ObjectOwnership
  if (rules.length !== 1 || ownership === undefined || !ownerships.has(ownership)) throw malformedXml()
  const isShared = bucket.acl !== undefined && !isOwnerOnly(bucket.acl, bucket.ownerAccountId)
  if (ownership === defaultOwnership && isShared) throw bucketAclWithOwnership(ownership)
  bucket.objectOwnership = ownership
  return {}
}
