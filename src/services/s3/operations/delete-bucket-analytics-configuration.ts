import type { DeleteBucketAnalyticsConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { withoutNamed } from '../configurations/named.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Removes an analysis of storage classes of a bucket, by its name.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketAnalyticsConfiguration.html
 */
export const deleteBucketAnalyticsConfiguration: Operation<
  S3State,
  InBucket<DeleteBucketAnalyticsConfigurationRequest>,
  object
> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  bucket.analytics = withoutNamed(bucket.analytics, input.Id)
  return {}
}
