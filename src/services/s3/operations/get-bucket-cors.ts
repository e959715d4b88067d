import type { GetBucketCorsOutput, GetBucketCorsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { noSuchCors } from '../cors/errors.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketCorsRequest>

/**
 * Tells which pages may use a bucket.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html
 */
export const getBucketCors: Operation<S3State, Input, Answer<GetBucketCorsOutput>> = (
  state,
  input,
  context,
) => {
  const { name, cors } = findBucket(state, input, context)
  if (cors === undefined) throw noSuchCors(name)
  return { CORSRules: [...cors] }
}
