import type { Grant, Grantee, Permission } from '@aws-sdk/client-s3'
import { invalidArgument } from '../errors.ts'
import { ownerOf } from '../owner.ts'
import { unknownCannedAcl, unknownEmailAddress } from './errors.ts'

/** Everybody, with credentials or without. */
export const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers'
/** Everybody with credentials of any account. */
export const authenticatedUsers = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers'
const logDelivery = 'http://acs.amazonaws.com/groups/s3/LogDelivery'

/** Groups that a grant may name. */
export const groups: ReadonlySet<string> = new Set([allUsers, authenticatedUsers, logDelivery])

/** The account by which EC2 reads bundles of images, in `aws-exec-read`. */
const imageReader = '6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c'

/** What canned ACLs grant besides everything to the owner, but for those that name the bucket's owner. */
const cannedGrants: Readonly<Record<string, readonly Grant[]>> = {
  private: [],
  'public-read': [toGroup(allUsers, 'READ')],
  'public-read-write': [toGroup(allUsers, 'READ'), toGroup(allUsers, 'WRITE')],
  'authenticated-read': [toGroup(authenticatedUsers, 'READ')],
  'aws-exec-read': [{ Grantee: { ID: imageReader, Type: 'CanonicalUser' }, Permission: 'READ' }],
  'log-delivery-write': [toGroup(logDelivery, 'WRITE'), toGroup(logDelivery, 'READ_ACP')],
}

/** The only grant of a private bucket or object. */
export function ownerGrants(accountId: string): Grant[] {
  return [{ Grantee: granteeOf(accountId), Permission: 'FULL_CONTROL' }]
}

function granteeOf(accountId: string): Grantee {
  return { ...ownerOf(accountId), Type: 'CanonicalUser' }
}

/** Canned ACLs of objects that give their bucket's owner something as well. */
const cannedForBucketOwner: Readonly<Record<string, Permission>> = {
  'bucket-owner-read': 'READ',
  'bucket-owner-full-control': 'FULL_CONTROL',
}

/** The accounts that a canned ACL is about. */
export interface AclOwners {
  /** Of what has the ACL. */
  readonly owner: string
  /** Of the bucket where it is an object's; the same as `owner`, or absent, for a bucket. */
  readonly bucketOwner?: string
}

/**
 * What a canned ACL stands for.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
 * @throws AwsError InvalidArgument
 */
export function readCanned(acl: string, { owner, bucketOwner = owner }: AclOwners): Grant[] {
  if (Object.hasOwn(cannedForBucketOwner, acl)) {
    if (owner === bucketOwner) return ownerGrants(owner)
    const given = { Grantee: granteeOf(bucketOwner), Permission: cannedForBucketOwner[acl] }
    return [...ownerGrants(owner), given as Grant]
  }
  const more = Object.hasOwn(cannedGrants, acl) ? cannedGrants[acl] : undefined
  if (more === undefined) throw unknownCannedAcl(acl)
  return [...ownerGrants(owner), ...more]
}

/**
 * The grants of one header, e.g. `id="…", uri="…"`.
 * @throws AwsError InvalidArgument, UnresolvableGrantByEmailAddress
 */
export function readGrantHeader(header: string, value: string, permission: Permission): Grant[] {
  return value.split(',').map(text => ({
    Grantee: readGrantee(header, text.trim()),
    Permission: permission,
  }))
}

function readGrantee(header: string, text: string): Grantee {
  const [, kind, named = ''] = /^(id|uri|emailAddress)\s*=\s*"?([^"]*)"?$/.exec(text) ?? []
  if (kind === undefined) throw invalidArgument('Argument format not recognized', header, text)
  if (kind === 'emailAddress') throw unknownEmailAddress()
  if (kind === 'uri') {
    if (!groups.has(named)) throw invalidArgument('Invalid group uri', 'uri', named)
    return { Type: 'Group', URI: named }
  }
  if (!isCanonicalId(named)) throw invalidArgument('Invalid id', 'id', named)
  return { Type: 'CanonicalUser', ID: named }
}

/** Whether a text has the form of an account's canonical id. */
export function isCanonicalId(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

/** Whether grants let everybody in, or everybody with credentials. */
export function isPublic(grants: readonly Grant[]): boolean {
  return grants.some(({ Grantee }) => Grantee?.URI === allUsers || Grantee?.URI === authenticatedUsers)
}

/** Whether grants give nobody but the owner anything. */
export function isOwnerOnly(grants: readonly Grant[], accountId: string): boolean {
  return grants.every(({ Grantee }) => Grantee?.ID === ownerOf(accountId).ID)
}

function toGroup(uri: string, permission: Permission): Grant {
  return { Grantee: { Type: 'Group', URI: uri }, Permission: permission }
}
