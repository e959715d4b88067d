import type { DeleteBucketIntelligentTieringConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { withoutNamed } from '../configurations/named.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Removes intelligent tiering of a bucket, by its name.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketIntelligentTieringConfiguration.html
 */
export const deleteBucketIntelligentTieringConfiguration: Operation<
  S3State,
  InBucket<DeleteBucketIntelligentTieringConfigurationRequest>,
  object
> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  bucket.tierings = withoutNamed(bucket.tierings, input.Id)
  return {}
}
