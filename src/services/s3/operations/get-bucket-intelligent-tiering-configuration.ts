import type {
  GetBucketIntelligentTieringConfigurationOutput,
  GetBucketIntelligentTieringConfigurationRequest,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { findNamed } from '../configurations/named.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketIntelligentTieringConfigurationRequest>

/**
 * Tells intelligent tiering of a bucket, by its name.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketIntelligentTieringConfiguration.html
 */
export const getBucketIntelligentTieringConfiguration: Operation<
  S3State,
  Input,
  Answer<GetBucketIntelligentTieringConfigurationOutput>
> = (state, input, context) => {
  const { tierings } = findBucket(state, input, context)
  return { IntelligentTieringConfiguration: findNamed(tierings, input.Id) }
}
