import type { GetBucketVersioningOutput, GetBucketVersioningRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketVersioningRequest>

/**
 * Tells whether versioning is enabled or suspended; nothing where it was never set.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html
 */
export const getBucketVersioning: Operation<S3State, Input, Answer<GetBucketVersioningOutput>> = (
  state,
  input,
  context,
) => {
  const { versioning } = findBucket(state, input, context)
  return versioning === undefined ? {} : { Status: versioning }
}
