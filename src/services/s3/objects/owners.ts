import type { Owner } from '@aws-sdk/client-s3'
import type { OperationContext } from '../../../cloud/operation.ts'
import { sessionOf } from '../../../cloud/session-credentials.ts'
import { formatArn } from '../../../core/arn.ts'
import { defaultOwnership } from '../buckets/ownership.ts'
import { anonymousAccount, ownerOf } from '../owner.ts'
import type { Bucket } from '../state.ts'

/** What its writer owns, unless its bucket's owner does: an object, or an upload that becomes one. */
interface Owned {
  readonly kind?: string
  readonly ownerAccountId?: string
}

/** The account for which a request acts; where permissions decide, one without credentials acts for nobody's. */
export function callerAccount({ accountId, refusalOf, request }: OperationContext): string {
  return refusalOf !== undefined && request.authentication === 'anonymous' ? anonymousAccount : accountId
}

/** Who a request's caller is, as refusals name it. */
export function callerArnOf(context: OperationContext): string {
  const root = formatArn({ service: 'iam', accountId: context.accountId, resource: 'root' })
  return context.callerArn ?? sessionOf(context)?.arn ?? root
}

/** A request's caller, as permissions ask for it. */
export function askerOf(context: OperationContext): {
  readonly callerAccountId: string | undefined
  readonly callerArn: string
} {
  const caller = callerAccount(context)
  return {
    callerAccountId: caller === anonymousAccount ? undefined : caller,
    callerArn: callerArnOf(context),
  }
}

/**
 * Whose a new object is; `undefined` where its bucket's owner gets it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export function ownerOfNew(
  bucket: Bucket,
  { ACL }: { readonly ACL?: string | undefined },
  context: OperationContext,
): string | undefined {
  const owner = ownerFor(bucket, { ACL }, callerAccount(context))
  return owner === bucket.ownerAccountId ? undefined : owner
}

/** The account that will own what an account writes. */
export function ownerFor(
  { objectOwnership, ownerAccountId }: Bucket,
  { ACL }: { readonly ACL?: string | undefined },
  writer: string,
): string {
  if (objectOwnership === defaultOwnership) return ownerAccountId
  const isGiven = objectOwnership === 'BucketOwnerPreferred' && ACL === 'bucket-owner-full-control'
  return isGiven ? ownerAccountId : writer
}

/** The account that owns an object: its bucket's owner, where the bucket enforces that, else whoever wrote it. */
export function objectOwner({ objectOwnership, ownerAccountId }: Bucket, object: Owned): string {
  return objectOwnership === defaultOwnership ? ownerAccountId : (object.ownerAccountId ?? ownerAccountId)
}

/** Gives the owners of a bucket's objects as listings tell them. */
export function createOwnerTeller(bucket: Bucket): (object: Owned) => Owner {
  const own = ownerOf(bucket.ownerAccountId)
  return object => {
    const accountId = objectOwner(bucket, object)
    return accountId === bucket.ownerAccountId ? own : ownerOf(accountId)
  }
}
