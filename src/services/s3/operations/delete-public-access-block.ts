import type { DeletePublicAccessBlockRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Blocks nothing any more.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html
 */
export const deletePublicAccessBlock: Operation<S3State, InBucket<DeletePublicAccessBlockRequest>, object> = (
  state,
  input,
  context,
) => {
  delete findBucket(state, input, context).publicAccessBlock
  return {}
}
