import type { GetPublicAccessBlockOutput, GetPublicAccessBlockRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { noSuchPublicAccessBlock } from '../buckets/errors.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetPublicAccessBlockRequest>

/**
 * Tells what a bucket blocks of public access.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html
 */
export const getPublicAccessBlock: Operation<S3State, Input, Answer<GetPublicAccessBlockOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  if (bucket.publicAccessBlock === undefined) throw noSuchPublicAccessBlock(bucket.name)
  return { PublicAccessBlockConfiguration: bucket.publicAccessBlock }
}
