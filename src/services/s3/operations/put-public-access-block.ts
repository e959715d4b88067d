import type { PutPublicAccessBlockRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { readPublicAccessBlock } from '../buckets/public-access.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Says what a bucket blocks of public access; what is not said is not blocked.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html
 */
export const putPublicAccessBlock: Operation<S3State, InBucket<PutPublicAccessBlockRequest>, object> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  bucket.publicAccessBlock = readPublicAccessBlock(input.PublicAccessBlockConfiguration)
  return {}
}
