import type { Grant } from '@aws-sdk/client-s3'
import type { AccessListGrant } from '../../../cloud/permission.ts'
import { allUsers, authenticatedUsers, ownerGrants } from '../acl/grants.ts'
import { defaultOwnership } from '../buckets/ownership.ts'
import { objectOwner } from '../objects/owners.ts'
import { anonymousAccount, ownerOf } from '../owner.ts'
import type { Bucket, StoredObject } from '../state.ts'

type AclPermission = 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP'

/**
 * Which permission of a bucket's ACL gives an action, without `s3:`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#acl-access-policy-permission-mapping
 */
const ofBuckets: Readonly<Record<string, AclPermission>> = {
  ListBucket: 'READ',
  ListBucketVersions: 'READ',
  ListBucketMultipartUploads: 'READ',
  PutObject: 'WRITE',
  DeleteObject: 'WRITE',
  GetBucketAcl: 'READ_ACP',
  PutBucketAcl: 'WRITE_ACP',
}

/** The same for an object's ACL; these actions are the object's owner's to give, not its bucket's. */
const ofObjects: Readonly<Record<string, AclPermission | undefined>> = {
  GetObject: 'READ',
  GetObjectVersion: 'READ',
  GetObjectAcl: 'READ_ACP',
  GetObjectVersionAcl: 'READ_ACP',
  PutObjectAcl: 'WRITE_ACP',
  PutObjectVersionAcl: 'WRITE_ACP',
  GetObjectAttributes: undefined,
  GetObjectVersionAttributes: undefined,
}

/** Whether an action is decided by who owns the object, whoever has the bucket. */
export function isOfObjectOwner(action: string): boolean {
  return Object.hasOwn(ofObjects, action)
}

/** Whom a bucket's ACL names that gives an action to an account, or to nobody's (`undefined`). */
export function grantByBucket(
  bucket: Bucket,
  action: string,
  accountId: string | undefined,
): AccessListGrant | undefined {
  const owned = { acl: bucket.acl, owner: bucket.ownerAccountId, permission: ofBuckets[action] }
  return grantBy(bucket, owned, accountId)
}

/** The same for an object. */
export function grantByObject(
  bucket: Bucket,
  { object, action }: { readonly object: StoredObject; readonly action: string },
  accountId: string | undefined,
): AccessListGrant | undefined {
  const owner = objectOwner(bucket, object)
  return grantBy(bucket, { acl: object.acl, owner, permission: ofObjects[action] }, accountId)
}

function grantBy(
  { objectOwnership, publicAccessBlock }: Bucket,
  owned: {
    readonly acl: readonly Grant[] | undefined
    readonly owner: string
    readonly permission: AclPermission | undefined
  },
  accountId: string | undefined,
): AccessListGrant | undefined {
  const { owner, permission } = owned
  if (permission === undefined || objectOwnership === defaultOwnership) return undefined
  const given = (owned.acl ?? ownerGrants(owner)).filter(
    ({ Permission }) => Permission === permission || Permission === 'FULL_CONTROL',
  )
  if (!publicAccessBlock?.IgnorePublicAcls && given.some(grant => isToEverybody(grant, accountId)))
    return 'everyone'
  const { ID } = ownerOf(accountId ?? anonymousAccount)
  if (!given.some(({ Grantee }) => Grantee?.ID === ID)) return undefined
  return accountId === undefined ? 'everyone' : 'account'
}

/** Whether a grant is to a group that callers of the account, or without one, belong to. */
function isToEverybody({ Grantee }: Grant, accountId: string | undefined): boolean {
  return Grantee?.URI === allUsers || (Grantee?.URI === authenticatedUsers && accountId !== undefined)
}
