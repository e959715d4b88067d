import type {
  ListBucketIntelligentTieringConfigurationsOutput,
  ListBucketIntelligentTieringConfigurationsRequest,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { pageOfNamed } from '../configurations/named.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<ListBucketIntelligentTieringConfigurationsRequest>

/**
 * Lists the intelligent tierings of a bucket, 100 at a time.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketIntelligentTieringConfigurations.html
 */
export const listBucketIntelligentTieringConfigurations: Operation<
  S3State,
  Input,
  Answer<ListBucketIntelligentTieringConfigurationsOutput>
> = (state, input, context) => {
  const { tierings } = findBucket(state, input, context)
  const { configurations, nextToken } = pageOfNamed(tierings, input.ContinuationToken)
  return {
    IsTruncated: nextToken !== undefined,
    ContinuationToken: input.ContinuationToken,
    NextContinuationToken: nextToken,
    IntelligentTieringConfigurationList: configurations.length > 0 ? configurations : undefined,
  }
}
