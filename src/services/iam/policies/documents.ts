import { findIdentityPolicyFault } from '../../../cloud/policy/identity-faults.ts'
import { findTrustPolicyFault } from '../../../cloud/policy/resource-faults.ts'
import { limitExceeded, malformedPolicyDocument, quotaExceeded } from '../errors.ts'
import { maxInlinePolicySize, maxManagedPolicySize, maxTrustPolicySize } from '../limits.ts'
import type { AnyIdentity, IamState } from '../state.ts'

/** A document as answers carry it: percent-encoded as RFC 3986 says. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/**
 * Refuses the document of a managed policy that AWS would.
 * @throws AwsError MalformedPolicyDocument, LimitExceeded
 */
export function requireManagedDocument(document: string): void {
  requireIdentityDocument(document)
  if (sizeOf(document) > maxManagedPolicySize) throw quotaExceeded('PolicySize', maxManagedPolicySize)
}

/**
 * Refuses the document of an inline policy that AWS would; its size counts together with the identity's others.
 * @throws AwsError MalformedPolicyDocument, LimitExceeded
 */
export function requireInlineDocument(
  document: string,
  { identity, policyName }: { readonly identity: AnyIdentity; readonly policyName: string },
): void {
  requireIdentityDocument(document)
  const others = [...identity.inlinePolicies].filter(([name]) => name !== policyName)
  const size = others.reduce((sum, [, text]) => sum + sizeOf(text), sizeOf(document))
  const maximum = maxInlinePolicySize[identity.kind]
  if (size <= maximum) return
  throw limitExceeded(
    `Maximum policy size of ${maximum} bytes exceeded for ${identity.kind} ${identity.name}`,
  )
}

function requireIdentityDocument(document: string): void {
  const fault = findIdentityPolicyFault(document)
  if (fault !== undefined) throw malformedPolicyDocument(fault)
}

/**
 * Refuses a trust policy that AWS would. Users and roles that it names must be there when they are of this account.
 * DIFFERS: those of other accounts need not be there.
 * @throws AwsError MalformedPolicyDocument, LimitExceeded
 */
export function requireTrustDocument(document: string, state: IamState, accountId: string): void {
  const fault = findTrustPolicyFault(document, arn => isKnown(arn, state, accountId))
  if (fault !== undefined) throw malformedPolicyDocument(fault)
  if (sizeOf(document) > maxTrustPolicySize) throw quotaExceeded('ACLSizePerRole', maxTrustPolicySize)
}

function isKnown(arn: string, { users, roles }: IamState, accountId: string): boolean {
  if (!arn.startsWith(`arn:aws:iam::${accountId}:`)) return true
  return [...users.values(), ...roles.values()].some(identity => identity.arn === arn)
}

/** Characters of a document, blanks not counted, as AWS's quotas count them. */
function sizeOf(document: string): number {
  return document.replace(/\s/g, '').length
}
