import type {
  GetBucketAnalyticsConfigurationOutput,
  GetBucketAnalyticsConfigurationRequest,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { findNamed } from '../configurations/named.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketAnalyticsConfigurationRequest>

/**
 * Tells an analysis of storage classes of a bucket, by its name.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAnalyticsConfiguration.html
 */
export const getBucketAnalyticsConfiguration: Operation<
  S3State,
  Input,
  Answer<GetBucketAnalyticsConfigurationOutput>
> = (state, input, context) => {
  const { analytics } = findBucket(state, input, context)
  return { AnalyticsConfiguration: findNamed(analytics, input.Id) }
}
