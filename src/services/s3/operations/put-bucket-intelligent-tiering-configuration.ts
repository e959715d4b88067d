import type { PutBucketIntelligentTieringConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { withNamed } from '../configurations/named.ts'
import { requireTiering } from '../configurations/validate.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Keeps intelligent tiering of a bucket under its name. AWS answers 204, whatever its model says.
 * DIFFERS: no object moves between tiers.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketIntelligentTieringConfiguration.html
 */
export const putBucketIntelligentTieringConfiguration: Operation<
  S3State,
  InBucket<PutBucketIntelligentTieringConfigurationRequest>,
  { $status: number }
> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  bucket.tierings = withNamed(
    bucket.tierings,
    input.Id,
    requireTiering(input.IntelligentTieringConfiguration),
  )
  return { $status: 204 }
}
