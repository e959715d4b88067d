import type {
  ListBucketMetricsConfigurationsOutput,
  ListBucketMetricsConfigurationsRequest,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { pageOfNamed } from '../configurations/named.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<ListBucketMetricsConfigurationsRequest>

/**
 * Lists the metrics of requests of a bucket, 100 at a time.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketMetricsConfigurations.html
 */
export const listBucketMetricsConfigurations: Operation<
  S3State,
  Input,
  Answer<ListBucketMetricsConfigurationsOutput>
> = (state, input, context) => {
  const { metrics } = findBucket(state, input, context)
  const { configurations, nextToken } = pageOfNamed(metrics, input.ContinuationToken)
  return {
    IsTruncated: nextToken !== undefined,
    ContinuationToken: input.ContinuationToken,
    NextContinuationToken: nextToken,
    MetricsConfigurationList: configurations.length > 0 ? configurations : undefined,
  }
}
