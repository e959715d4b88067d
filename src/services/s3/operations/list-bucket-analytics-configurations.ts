import type {
  ListBucketAnalyticsConfigurationsOutput,
  ListBucketAnalyticsConfigurationsRequest,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { pageOfNamed } from '../configurations/named.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<ListBucketAnalyticsConfigurationsRequest>

/**
 * Lists the analyses of storage classes of a bucket, 100 at a time.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketAnalyticsConfigurations.html
 */
export const listBucketAnalyticsConfigurations: Operation<
  S3State,
  Input,
  Answer<ListBucketAnalyticsConfigurationsOutput>
> = (state, input, context) => {
  const { analytics } = findBucket(state, input, context)
  const { configurations, nextToken } = pageOfNamed(analytics, input.ContinuationToken)
  return {
    IsTruncated: nextToken !== undefined,
    ContinuationToken: input.ContinuationToken,
    NextContinuationToken: nextToken,
    AnalyticsConfigurationList: configurations.length > 0 ? configurations : undefined,
  }
}
