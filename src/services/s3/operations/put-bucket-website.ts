import type { PutBucketWebsiteRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'
import { requireWebsite } from '../website/validate.ts'

/**
 * Serves a bucket as a website.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html
 */
export const putBucketWebsite: Operation<S3State, InBucket<PutBucketWebsiteRequest>, object> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  bucket.website = requireWebsite(input.WebsiteConfiguration)
  return {}
}
