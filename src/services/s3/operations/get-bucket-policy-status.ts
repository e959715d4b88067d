import type { GetBucketPolicyStatusOutput, GetBucketPolicyStatusRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import { noSuchBucketPolicy } from '../policies/errors.ts'
import { isPublicPolicy } from '../policies/public.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketPolicyStatusRequest>

/**
 * Tells whether a bucket's policy lets everybody in.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html
 */
export const getBucketPolicyStatus: Operation<S3State, Input, Answer<GetBucketPolicyStatusOutput>> = (
  state,
  input,
  context,
) => {
  const { name, policy } = findBucket(state, input, context)
  if (policy === undefined) throw noSuchBucketPolicy(name)
  return { PolicyStatus: { IsPublic: isPublicPolicy(policy) } }
}
