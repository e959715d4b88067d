import type { PutBucketAnalyticsConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { withNamed } from '../configurations/named.ts'
import { requireAnalytics } from '../configurations/validate.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Keeps an analysis of storage classes of a bucket under its name. AWS answers 204, whatever its model says.
 * DIFFERS: nothing is analysed.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAnalyticsConfiguration.html
 */
export const putBucketAnalyticsConfiguration: Operation<
  S3State,
  InBucket<PutBucketAnalyticsConfigurationRequest>,
  { $status: number }
> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  bucket.analytics = withNamed(bucket.analytics, input.Id, requireAnalytics(input.AnalyticsConfiguration))
  return { $status: 204 }
}
