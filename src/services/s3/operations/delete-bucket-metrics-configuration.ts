import type { DeleteBucketMetricsConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { withoutNamed } from '../configurations/named.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Removes metrics of requests of a bucket, by its name.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketMetricsConfiguration.html
 */
export const deleteBucketMetricsConfiguration: Operation<
  S3State,
  InBucket<DeleteBucketMetricsConfigurationRequest>,
  object
> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  bucket.metrics = withoutNamed(bucket.metrics, input.Id)
  return {}
}
