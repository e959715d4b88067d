import type { OperationContext } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { invalidArgument } from '../errors.ts'
import type { Bucket, S3State } from '../state.ts'

/** What every call of S3 Control on tags names. */
export interface TaggedReference {
  readonly ResourceArn: string
  readonly AccountId?: string | undefined
}

const bucketArns = [/^arn:aws:s3:::([^/:]+)$/, /^arn:aws:s3:[a-z0-9-]*:\d{12}:bucket\/([^/:]+)$/]

/** The name in a bucket's ARN, in S3's form or in S3 Control's; `undefined` for what is no bucket. */
export function bucketOfArn(arn: string): string | undefined {
  return bucketArns.map(form => form.exec(arn)?.[1]).find(name => name !== undefined)
}

/**
 * The bucket that an ARN names, which must be the account's.
 * @throws AwsError InvalidArgument, NoSuchBucket, AccessDenied
 */
export function findTagged(state: S3State, input: TaggedReference, context: OperationContext): Bucket {
  const { ResourceArn: arn, AccountId: accountId } = input
  const name = bucketOfArn(arn)
  if (name === undefined) throw invalidArgument('Invalid resource ARN', 'resourceArn', arn)
  return findBucket(state, { Bucket: name, ExpectedBucketOwner: accountId }, context)
}
