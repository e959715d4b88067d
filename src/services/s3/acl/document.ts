import type { AccessControlPolicy, Grant, Grantee } from '@aws-sdk/client-s3'
import { accessDenied, invalidArgument } from '../errors.ts'
import { ownerOf } from '../owner.ts'
import { malformedAcl, unknownEmailAddress } from './errors.ts'
import { groups, isCanonicalId } from './grants.ts'

const permissions = new Set(['FULL_CONTROL', 'WRITE', 'WRITE_ACP', 'READ', 'READ_ACP'])

/**
 * The grants of an ACL document; the owner cannot be changed by it.
 * @throws AwsError MalformedACLError, InvalidArgument, UnresolvableGrantByEmailAddress, AccessDenied
 */
export function readAclDocument({ Owner, Grants }: AccessControlPolicy, accountId: string): Grant[] {
  if (Owner === undefined || Grants === undefined) throw malformedAcl()
  requireId(Owner.ID)
  if (Owner.ID !== ownerOf(accountId).ID) throw accessDenied()
  return Grants.map(({ Grantee, Permission }) => {
    if (Permission === undefined || !permissions.has(Permission)) throw malformedAcl()
    return { Grantee: readGrantee(Grantee), Permission }
  })
}

function readGrantee(grantee: Grantee | undefined): Grantee {
  if (grantee?.Type === 'AmazonCustomerByEmail') throw unknownEmailAddress()
  if (grantee?.Type === 'Group') {
    const uri = grantee.URI ?? ''
    if (!groups.has(uri)) throw invalidArgument('Invalid group uri', 'Group/URI', uri)
    return { Type: 'Group', URI: uri }
  }
  if (grantee?.Type !== 'CanonicalUser') throw malformedAcl()
  requireId(grantee.ID)
  return { Type: 'CanonicalUser', ID: grantee.ID }
}

function requireId(id: string | undefined): asserts id is string {
  if (id === undefined || !isCanonicalId(id)) throw invalidArgument('Invalid id', 'CanonicalUser/ID', id)
}
