import type { GetBucketWebsiteOutput, GetBucketWebsiteRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'
import { noSuchWebsite } from '../website/errors.ts'

type Input = InBucket<GetBucketWebsiteRequest>

/**
 * Tells how a bucket is served as a website.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html
 */
export const getBucketWebsite: Operation<S3State, Input, Answer<GetBucketWebsiteOutput>> = (
  state,
  input,
  context,
) => {
  const { name, website } = findBucket(state, input, context)
  if (website === undefined) throw noSuchWebsite(name)
  return website
}
