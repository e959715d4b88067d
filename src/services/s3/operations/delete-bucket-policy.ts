import type { DeleteBucketPolicyRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import type { InBucket } from '../input.ts'
import { findBucketOfPolicy } from '../policies/find.ts'
import type { S3State } from '../state.ts'

/**
 * Removes a bucket's policy; once more is no error.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html
 */
export const deleteBucketPolicy: Operation<S3State, InBucket<DeleteBucketPolicyRequest>, object> = (
  state,
  input,
  context,
) => {
  delete findBucketOfPolicy(state, { ...input, method: 'DELETE' }, context).policy
  return {}
}
