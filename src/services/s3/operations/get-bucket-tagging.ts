import type { GetBucketTaggingOutput, GetBucketTaggingRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { noSuchTagSet } from '../errors.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketTaggingRequest>

/**
 * Tells a bucket's tags.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html
 */
export const getBucketTagging: Operation<S3State, Input, Answer<GetBucketTaggingOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  if (bucket.tags === undefined) throw noSuchTagSet(bucket.name)
  return { TagSet: [...bucket.tags] }
}
