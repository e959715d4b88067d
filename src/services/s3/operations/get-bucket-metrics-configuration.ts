import type {
  GetBucketMetricsConfigurationOutput,
  GetBucketMetricsConfigurationRequest,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { findNamed } from '../configurations/named.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketMetricsConfigurationRequest>

/**
 * Tells metrics of requests of a bucket, by its name.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketMetricsConfiguration.html
 */
export const getBucketMetricsConfiguration: Operation<
  S3State,
  Input,
  Answer<GetBucketMetricsConfigurationOutput>
> = (state, input, context) => {
  const { metrics } = findBucket(state, input, context)
  return { MetricsConfiguration: findNamed(metrics, input.Id) }
}
