import type { PutBucketMetricsConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { withNamed } from '../configurations/named.ts'
import { requireMetrics } from '../configurations/validate.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Keeps metrics of requests of a bucket under its name. AWS answers 204, whatever its model says.
 * DIFFERS: no metrics are sent.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html
 */
export const putBucketMetricsConfiguration: Operation<
  S3State,
  InBucket<PutBucketMetricsConfigurationRequest>,
  { $status: number }
> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  bucket.metrics = withNamed(bucket.metrics, input.Id, requireMetrics(input.MetricsConfiguration))
  return { $status: 204 }
}
