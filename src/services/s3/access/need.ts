import type { AccessListGrant, Permission, PermissionScope } from '../../../cloud/permission.ts'
import type { ContextFacts } from '../../../cloud/policy/context-keys.ts'
import { formatArn } from '../../../core/arn.ts'
import { s3Arn } from '../buckets/arn.ts'
import { toOrdered } from '../keys/byte-order.ts'
import { objectOwner, ownerFor } from '../objects/owners.ts'
import { currentObject } from '../objects/versions.ts'
import { anonymousAccount, ownerOf } from '../owner.ts'
import { isPublicPolicy } from '../policies/public.ts'
import type { Bucket, S3State, StoredObject } from '../state.ts'
import { existingTagKeys } from './condition-keys.ts'
import { grantByBucket, grantByObject, isOfObjectOwner } from './grants.ts'

/** What a call of S3 needs of a bucket, or of an object in it. */
export interface Need {
  /** Without `s3:`, e.g. `GetObject`. */
  readonly action: string
  readonly bucket: string
  readonly key?: string
  readonly versionId?: string | undefined
  readonly keys?: ContextFacts
  /** The ACL that a new object comes with: whoever will own the object decides. */
  readonly newAcl?: { readonly ACL?: string | undefined }
  /** The upload that it is about: who began it may go on with it. */
  readonly uploadId?: string | undefined
  /** Whoever is refused is told the bucket's region all the same. */
  readonly tellsRegion?: true
}

/** Who calls, and what there is to be called for. */
export type Asker = Pick<PermissionScope<S3State>, 'state' | 'callerAccountId' | 'callerArn'>

/** What the root of a bucket's account may always do, so that no policy can shut everybody out. */
const rootsOwn = new Set(['GetBucketPolicy', 'PutBucketPolicy', 'DeleteBucketPolicy'])

/**
 * A need with all that its bucket and object say of it; nothing where the bucket is not there, which everybody is told.
 * An object that its bucket's owner does not own is its own owner's to give: the bucket's policy can only deny it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html
 */
export function permissionOf(need: Need, asker: Asker): Permission | undefined {
  const bucket = asker.state.buckets.get(need.bucket)
  if (bucket === undefined) return undefined
  const object = need.key === undefined ? undefined : objectOf(bucket, need)
  const isShut = isShutTo(bucket, asker.callerAccountId)
  const owner = isShut ? bucket.ownerAccountId : ownerOfNeeded(bucket, { need, object }, asker)
  const grantedTo = isShut ? undefined : grantOf(bucket, { need, object, owner }, asker)
  const hasPolicy = bucket.policy !== undefined && !isRootsOwn(bucket, need, asker)
  return {
    action: `s3:${need.action}`,
    resource: s3Arn(need.bucket, need.key),
    keys: {
      's3:ResourceAccount': bucket.ownerAccountId,
      ...need.keys,
      ...(object && existingTagKeys(need.action, object)),
    },
    resourceAccountId: owner,
    ...(hasPolicy && { resourcePolicy: bucket.policy, ...canonicalIdFor(bucket.policy, asker) }),
    ...((isShut || owner !== bucket.ownerAccountId) && { isResourcePolicyDenyOnly: true }),
    ...(grantedTo && { grantedTo }),
    ...(need.tellsRegion && { refusalHeaders: { 'x-amz-bucket-region': bucket.region } }),
  }
}

/** A policy may name the caller's account by its canonical id; few do. */
function canonicalIdFor(
  policy: string | undefined,
  { callerAccountId }: Asker,
): { readonly callerCanonicalId?: string } {
  if (callerAccountId === undefined || !policy?.includes('CanonicalUser')) return {}
  const { ID } = ownerOf(callerAccountId)
  return ID === undefined ? {} : { callerCanonicalId: ID }
}

/** The object, or version, that a need is about, where it is there. */
function objectOf(bucket: Bucket, { key = '', versionId }: Need): StoredObject | undefined {
  if (versionId === undefined) return currentObject(bucket, key)
  const version = bucket.objects.get(toOrdered(key))?.find(each => each.versionId === versionId)
  return version?.kind === 'object' ? version : undefined
}

interface Needed {
  readonly need: Need
  readonly object: StoredObject | undefined
}

function ownerOfNeeded(bucket: Bucket, { need, object }: Needed, { callerAccountId }: Asker): string {
  if (need.newAcl) return ownerFor(bucket, need.newAcl, callerAccountId ?? anonymousAccount)
  const isObjects = object !== undefined && isOfObjectOwner(need.action)
  return isObjects ? objectOwner(bucket, object) : bucket.ownerAccountId
}

function grantOf(
  bucket: Bucket,
  { need, object, owner }: Needed & { readonly owner: string },
  { callerAccountId }: Asker,
): AccessListGrant | undefined {
  const { action, uploadId } = need
  // Whoever will own an object has all of it already.
  if (need.newAcl) return owner === anonymousAccount ? 'everyone' : undefined
  if (uploadId !== undefined && isBegunBy(bucket, uploadId, callerAccountId)) {
    return callerAccountId === undefined ? 'everyone' : 'account'
  }
  return object !== undefined && isOfObjectOwner(action)
    ? grantByObject(bucket, { object, action }, callerAccountId)
    : grantByBucket(bucket, action, callerAccountId)
}

function isBegunBy(bucket: Bucket, uploadId: string, accountId: string | undefined): boolean {
  return bucket.uploads.get(uploadId)?.initiatorAccountId === (accountId ?? anonymousAccount)
}

/**
 * Whether a bucket with a public policy is for its own account alone.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
function isShutTo(
  { ownerAccountId, policy, publicAccessBlock }: Bucket,
  accountId: string | undefined,
): boolean {
  if (!publicAccessBlock?.RestrictPublicBuckets || accountId === ownerAccountId) return false
  return policy !== undefined && isPublicPolicy(policy)
}

function isRootsOwn({ ownerAccountId }: Bucket, { action }: Need, { callerArn }: Asker): boolean {
  const root = formatArn({ service: 'iam', accountId: ownerAccountId, resource: 'root' })
  return rootsOwn.has(action) && callerArn === root
}
