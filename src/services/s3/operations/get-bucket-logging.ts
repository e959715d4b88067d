import type { GetBucketLoggingOutput, GetBucketLoggingRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketLoggingRequest>

/**
 * Tells where a bucket's access log goes; nothing where it has none.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html
 */
export const getBucketLogging: Operation<S3State, Input, Answer<GetBucketLoggingOutput>> = (
  state,
  input,
  context,
) => {
  const { logging } = findBucket(state, input, context)
  return { LoggingEnabled: logging }
}
