import type { AccessControlPolicy, Grant, Permission } from '@aws-sdk/client-s3'
import type { OperationContext } from '../../../cloud/operation.ts'
import { s3Arn } from '../buckets/arn.ts'
import { publicAccessBlocked } from '../buckets/errors.ts'
import { defaultOwnership } from '../buckets/ownership.ts'
import { aclNotSupported } from '../errors.ts'
import { callerArnOf } from '../objects/owners.ts'
import type { Bucket } from '../state.ts'
import { readAclDocument } from './document.ts'
import { aclMissing, cannedAndGrants, unexpectedAclDocument } from './errors.ts'
import { type AclOwners, isPublic, ownerGrants, readCanned, readGrantHeader } from './grants.ts'

/** The headers by which a request says an ACL. */
export interface AclMembers {
  readonly ACL?: string | undefined
  readonly GrantFullControl?: string | undefined
  readonly GrantRead?: string | undefined
  readonly GrantReadACP?: string | undefined
  readonly GrantWrite?: string | undefined
  readonly GrantWriteACP?: string | undefined
}

/** The headers of grants, by their members. */
const grantHeaders: readonly (readonly [Exclude<keyof AclMembers, 'ACL'>, string, Permission])[] = [
  ['GrantFullControl', 'x-amz-grant-full-control', 'FULL_CONTROL'],
  ['GrantRead', 'x-amz-grant-read', 'READ'],
  ['GrantReadACP', 'x-amz-grant-read-acp', 'READ_ACP'],
  ['GrantWrite', 'x-amz-grant-write', 'WRITE'],
  ['GrantWriteACP', 'x-amz-grant-write-acp', 'WRITE_ACP'],
]

/** Whether a request says anything of an ACL. */
export function saysAcl(input: AclMembers): boolean {
  return (
    input.ACL !== undefined ||
    input.GrantFullControl !== undefined ||
    input.GrantRead !== undefined ||
    input.GrantReadACP !== undefined ||
    input.GrantWrite !== undefined ||
    input.GrantWriteACP !== undefined
  )
}

/**
 * The ACL that a writer of an object says; `undefined` for the owner's alone. `ownerAccountId` is the object's where that
 * is not the bucket's owner. An ACL that cannot be read is refused as such before the bucket that takes none is asked, as
 * AWS was recorded to do: localstack/localstack, `test_s3_object_acl_exceptions` in tests/aws/services/s3/test_s3.snapshot.json.
 * @throws AwsError AccessControlListNotSupported, AccessDenied, InvalidArgument, InvalidRequest
 */
export function readObjectAcl(
  bucket: Bucket,
  input: AclMembers & { readonly Key: string },
  ownerAccountId: string | undefined,
  context: OperationContext,
): readonly Grant[] | undefined {
  if (!saysAcl(input)) return undefined
  const takesNone = bucket.objectOwnership === defaultOwnership
  const isOwners = input.ACL === 'bucket-owner-full-control' && !saysAcl({ ...input, ACL: undefined })
  if (takesNone && isOwners) return undefined
  const { ownerAccountId: bucketOwner } = bucket
  const grants = readAclHeaders(input, { owner: ownerAccountId ?? bucketOwner, bucketOwner })
  if (takesNone) throw aclNotSupported()
  requireAllowed(bucket, grants, { action: 's3:PutObject', key: input.Key, context })
  return grants
}

/**
 * The ACL that PutBucketAcl and PutObjectAcl say of what `owner`, an account, owns. What cannot be read is refused
 * before a bucket that takes no ACL says so: `test_s3_bucket_acl_exceptions`, as above.
 * @throws AwsError AccessControlListNotSupported, MissingSecurityHeader, UnexpectedContent, MalformedACLError, …
 */
export function readAclChange(
  bucket: Bucket,
  input: AclMembers & {
    readonly Key?: string
    readonly AccessControlPolicy?: AccessControlPolicy | undefined
  },
  owner: string,
  context: OperationContext,
): readonly Grant[] {
  const { AccessControlPolicy: document } = input
  if (document !== undefined && saysAcl(input)) throw unexpectedAclDocument()
  if (document === undefined && !saysAcl(input)) throw aclMissing()
  const owners = { owner, bucketOwner: bucket.ownerAccountId }
  const grants = document ? readAclDocument(document, owner) : readAclHeaders(input, owners)
  if (bucket.objectOwnership === defaultOwnership) throw aclNotSupported()
  const action = input.Key === undefined ? 's3:PutBucketAcl' : 's3:PutObjectAcl'
  requireAllowed(bucket, grants, { action, key: input.Key, context })
  return grants
}

/**
 * The grants that headers say.
 * @throws AwsError InvalidRequest, InvalidArgument, UnresolvableGrantByEmailAddress
 */
export function readAclHeaders(input: AclMembers, owners: AclOwners): Grant[] {
  const grants = grantHeaders.flatMap(([member, header, permission]) => {
    const value = input[member]
    return value === undefined ? [] : readGrantHeader(header, value, permission)
  })
  if (input.ACL === undefined) return grants.length > 0 ? grants : ownerGrants(owners.owner)
  if (grants.length > 0) throw cannedAndGrants()
  return readCanned(input.ACL, owners)
}

/** Refuses an ACL for everybody where the bucket blocks those. */
function requireAllowed(
  { name, publicAccessBlock }: Bucket,
  grants: readonly Grant[],
  asked: { readonly action: string; readonly key: string | undefined; readonly context: OperationContext },
): void {
  if (!publicAccessBlock?.BlockPublicAcls || !isPublic(grants)) return
  const { action, key, context } = asked
  const change = { action, resource: s3Arn(name, key), setting: 'BlockPublicAcls' } as const
  throw publicAccessBlocked(change, callerArnOf(context))
}
