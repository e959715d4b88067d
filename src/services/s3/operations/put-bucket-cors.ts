import type { PutBucketCorsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { requireCorsRules } from '../cors/validate.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Says which pages may use a bucket.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html
 */
export const putBucketCors: Operation<S3State, InBucket<PutBucketCorsRequest>, object> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  bucket.cors = requireCorsRules(input.CORSConfiguration?.CORSRules)
  return {}
}
