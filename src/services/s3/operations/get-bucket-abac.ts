import type { GetBucketAbacOutput, GetBucketAbacRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketAbacRequest>

/**
 * Tells whether a bucket's tags decide who may use it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAbac.html
 */
export const getBucketAbac: Operation<S3State, Input, Answer<GetBucketAbacOutput>> = (
  state,
  input,
  context,
) => ({ AbacStatus: { Status: findBucket(state, input, context).abac ?? 'Disabled' } })
