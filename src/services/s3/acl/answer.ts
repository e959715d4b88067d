import type { Grant } from '@aws-sdk/client-s3'
import { defaultOwnership } from '../buckets/ownership.ts'
import type { Bucket } from '../state.ts'
import { ownerGrants } from './grants.ts'

/** The grants of an ACL as they are told; where ACLs do not count, everything is the owner's. */
export function grantsOf(
  { objectOwnership }: Bucket,
  acl: readonly Grant[] | undefined,
  ownerAccountId: string,
): Grant[] {
  if (acl === undefined || objectOwnership === defaultOwnership) return ownerGrants(ownerAccountId)
  return [...acl]
}
