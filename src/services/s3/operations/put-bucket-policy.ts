import type { PutBucketPolicyRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { s3Arn } from '../buckets/arn.ts'
import { publicAccessBlocked } from '../buckets/errors.ts'
import type { InBucket } from '../input.ts'
import { callerArnOf } from '../objects/owners.ts'
import { findBucketOfPolicy } from '../policies/find.ts'
import { isPublicPolicy } from '../policies/public.ts'
import { requireBucketPolicy } from '../policies/validate.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<PutBucketPolicyRequest>

/**
 * Says who else may use a bucket; it decides only where permissions do (`ENFORCE_IAM=1`).
 * AWS answers 204, whatever its model says.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
export const putBucketPolicy: Operation<S3State, Input, { $status: number }> = (state, input, context) => {
  const bucket = findBucketOfPolicy(state, { ...input, method: 'PUT' }, context)
  const policy = input.Policy ?? ''
  requireBucketPolicy(policy, bucket.name)
  if (bucket.publicAccessBlock?.BlockPublicPolicy && isPublicPolicy(policy)) {
    const place = { action: 's3:PutBucketPolicy', resource: s3Arn(bucket.name) }
    throw publicAccessBlocked({ ...place, setting: 'BlockPublicPolicy' }, callerArnOf(context))
  }
  bucket.policy = policy
  return { $status: 204 }
}
