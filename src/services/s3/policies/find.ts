import type { OperationContext } from '../../../cloud/operation.ts'
import { type BucketReference, findBucket } from '../buckets/find.ts'
import { callerAccount } from '../objects/owners.ts'
import type { Bucket, S3State } from '../state.ts'
import { policyOfOtherAccount } from './errors.ts'

/**
 * The bucket whose policy a request is about, which must be the caller's own where permissions decide.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html
 * @throws AwsError as `findBucket`, and MethodNotAllowed
 */
export function findBucketOfPolicy(
  state: S3State,
  { method, ...input }: BucketReference & { readonly method: string },
  context: OperationContext,
): Bucket {
  const bucket = findBucket(state, input, context)
  const isOwn = context.refusalOf === undefined || callerAccount(context) === bucket.ownerAccountId
  if (!isOwn) throw policyOfOtherAccount(method)
  return bucket
}
