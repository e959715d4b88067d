import type { PutBucketLoggingRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { readLogging } from '../buckets/logging.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Says where a bucket's access log goes; an empty document turns it off.
 * DIFFERS: no log is delivered; AWS delivers it at some time, and leaves lines out.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html
 */
export const putBucketLogging: Operation<S3State, InBucket<PutBucketLoggingRequest>, object> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const logging = input.BucketLoggingStatus?.LoggingEnabled
  if (logging === undefined) delete bucket.logging
  else bucket.logging = readLogging(logging, { state, bucket })
  return {}
}
