import type { OperationContext } from '../../../cloud/operation.ts'
import { accessDenied, invalidExpectedOwner, noSuchBucket } from '../errors.ts'
import { callerAccount } from '../objects/owners.ts'
import { anonymousAccount } from '../owner.ts'
import type { Bucket, S3State } from '../state.ts'

/** What every operation on a bucket names. */
export interface BucketReference {
  readonly Bucket: string
  readonly ExpectedBucketOwner?: string | undefined
  readonly RequestPayer?: string | undefined
}

/**
 * The bucket that an input names, whoever has it.
 * @throws AwsError NoSuchBucket, or AccessDenied when it is not the expected owner's, or its requester has to pay
 */
export function findBucket(state: S3State, input: BucketReference, context: OperationContext): Bucket {
  const bucket = state.buckets.get(input.Bucket)
  if (bucket === undefined) throw noSuchBucket(input.Bucket)
  if (input.ExpectedBucketOwner !== undefined) requireOwner(input.ExpectedBucketOwner, bucket)
  if (bucket.payer === 'Requester' && context.refusalOf !== undefined)
    requirePayer(bucket, input.RequestPayer, context)
  return bucket
}

/**
 * Refuses a bucket that is not the expected account's.
 * @throws AwsError AccessDenied, InvalidBucketOwnerAWSAccountID
 */
function requireOwner(expectedAccountId: string, { ownerAccountId }: Bucket): void {
  if (!/^\d{12}$/.test(expectedAccountId)) throw invalidExpectedOwner(expectedAccountId)
  if (expectedAccountId !== ownerAccountId) throw accessDenied()
}

/**
 * Refuses another account that does not say that it pays, and whoever has no account.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html
 * @throws AwsError AccessDenied
 */
function requirePayer(
  { ownerAccountId }: Bucket,
  payer: string | undefined,
  context: OperationContext,
): void {
  const caller = callerAccount(context)
  if (caller === ownerAccountId) return
  if (payer !== 'requester' || caller === anonymousAccount) throw accessDenied()
}
