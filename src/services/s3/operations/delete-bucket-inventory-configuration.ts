import type { DeleteBucketInventoryConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { withoutNamed } from '../configurations/named.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Removes an inventory of a bucket, by its name.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketInventoryConfiguration.html
 */
export const deleteBucketInventoryConfiguration: Operation<
  S3State,
  InBucket<DeleteBucketInventoryConfigurationRequest>,
  object
> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  bucket.inventories = withoutNamed(bucket.inventories, input.Id)
  return {}
}
