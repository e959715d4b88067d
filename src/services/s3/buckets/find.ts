import type { OperationContext } from '../../../cloud/operation.ts'
import { invalidExpectedOwner, noSuchBucket, unexpectedBucketOwner } from '../errors.ts'
import type { Bucket, S3State } from '../state.ts'

/** What every operation on a bucket names. */
export interface BucketReference {
  readonly Bucket: string
  readonly ExpectedBucketOwner?: string | undefined
}

/**
 * The bucket that an input names.
 * @throws AwsError NoSuchBucket, or AccessDenied when it is not the expected owner's
 */
export function findBucket(state: S3State, input: BucketReference, context: OperationContext): Bucket {
  const bucket = state.buckets.get(input.Bucket)
  if (bucket === undefined) throw noSuchBucket(input.Bucket)
  if (input.ExpectedBucketOwner !== undefined) requireOwner(input.ExpectedBucketOwner, context.accountId)
  return bucket
}

/**
 * Refuses a bucket that is not the expected account's.
 * @throws AwsError AccessDenied, InvalidBucketOwnerAWSAccountID
 */
export function requireOwner(expectedAccountId: string, accountId: string): void {
  if (!/^\d{12}$/.test(expectedAccountId)) throw invalidExpectedOwner(expectedAccountId)
  if (expectedAccountId !== accountId) throw unexpectedBucketOwner()
}
