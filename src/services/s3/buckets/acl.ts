import type { Grant } from '@aws-sdk/client-s3'
import { aclNotSupported, headerNotImplemented } from '../errors.ts'
import { ownerOf } from '../owner.ts'
import type { Bucket } from '../state.ts'

/** The headers by which a request may set an object's ACL. */
export interface AclMembers {
  readonly ACL?: string | undefined
  readonly GrantFullControl?: string | undefined
  readonly GrantRead?: string | undefined
  readonly GrantReadACP?: string | undefined
  readonly GrantWriteACP?: string | undefined
}

/** AWS's setting of new buckets since April 2023: the owner has everything, ACLs do not count. */
export const defaultOwnership = 'BucketOwnerEnforced'

/** Who may own what others write. */
export const ownerships: ReadonlySet<string> = new Set([
  defaultOwnership,
  'BucketOwnerPreferred',
  'ObjectWriter',
])

/**
 * Refuses an ACL where the bucket allows none, and one that says more than "the owner has everything" where it does.
 * @throws AwsError AccessControlListNotSupported, NotImplemented
 */
export function refuseObjectAcl(bucket: Bucket, input: AclMembers): void {
  const grantHeader = grantHeaderOf(input)
  if (input.ACL === undefined && grantHeader === undefined) return
  const isOwnerOnly = input.ACL === 'bucket-owner-full-control' && grantHeader === undefined
  if (isOwnerOnly) return
  if (bucket.objectOwnership === defaultOwnership) throw aclNotSupported()
  if (input.ACL === 'private' && grantHeader === undefined) return
  throw headerNotImplemented(grantHeader ?? 'x-amz-acl')
}

/** The first grant header that a request carries. */
export function grantHeaderOf(
  input: AclMembers & { readonly GrantWrite?: string | undefined },
): string | undefined {
  if (input.GrantFullControl !== undefined) return 'x-amz-grant-full-control'
  if (input.GrantRead !== undefined) return 'x-amz-grant-read'
  if (input.GrantReadACP !== undefined) return 'x-amz-grant-read-acp'
  if (input.GrantWrite !== undefined) return 'x-amz-grant-write'
  if (input.GrantWriteACP !== undefined) return 'x-amz-grant-write-acp'
  return undefined
}

/** The only grant of a private bucket or object. */
export function ownerGrants(accountId: string): Grant[] {
  return [{ Grantee: { ...ownerOf(accountId), Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }]
}
