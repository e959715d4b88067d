import type { PutBucketTaggingRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { malformedXml } from '../errors.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'
import { validateTags } from '../tags/tags.ts'

type Input = InBucket<PutBucketTaggingRequest>

/**
 * Replaces a bucket's tags. AWS answers 204, whatever its model says.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html
 */
export const putBucketTagging: Operation<S3State, Input, { $status: number }> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  if (input.Tagging === undefined) throw malformedXml()
  const tags = validateTags(input.Tagging.TagSet ?? [], 'bucket')
  if (tags.length === 0) delete bucket.tags
  else bucket.tags = tags
  return { $status: 204 }
}
