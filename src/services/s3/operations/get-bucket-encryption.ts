import type { GetBucketEncryptionOutput, GetBucketEncryptionRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { defaultEncryptionRule } from '../buckets/encryption.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketEncryptionRequest>

/**
 * Tells how new objects of a bucket are encrypted; SSE-S3 where nothing was put.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html
 */
export const getBucketEncryption: Operation<S3State, Input, Answer<GetBucketEncryptionOutput>> = (
  state,
  input,
  context,
) => {
  const { encryption } = findBucket(state, input, context)
  return { ServerSideEncryptionConfiguration: { Rules: [encryption?.rule ?? defaultEncryptionRule] } }
}
