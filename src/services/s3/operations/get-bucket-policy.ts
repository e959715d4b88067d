import type { GetBucketPolicyOutput, GetBucketPolicyRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import type { Answer, InBucket } from '../input.ts'
import { noSuchBucketPolicy } from '../policies/errors.ts'
import { findBucketOfPolicy } from '../policies/find.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketPolicyRequest>

/**
 * Gives a bucket's policy as it was put.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html
 */
export const getBucketPolicy: Operation<S3State, Input, Answer<GetBucketPolicyOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucketOfPolicy(state, { ...input, method: 'GET' }, context)
  if (bucket.policy === undefined) throw noSuchBucketPolicy(bucket.name)
  return { Policy: bucket.policy }
}
