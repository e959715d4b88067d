import type { AttachedPolicy } from '@aws-sdk/client-iam'
import { noSuchEntity, quotaExceeded } from '../errors.ts'
import { attachmentQuotas } from '../limits.ts'
import { cutPage, type PageRequest } from '../paging.ts'
import { encodeDocument, requireInlineDocument } from '../policies/documents.ts'
import { findAttachablePolicy, lookUpPolicy, requirePolicyArn } from '../policies/find.ts'
import type { AnyIdentity, IamState } from '../state.ts'

/** Writes an inline policy, new or over the one of the same name. */
export function putInlinePolicy(
  identity: AnyIdentity,
  { PolicyName, PolicyDocument }: { readonly PolicyName: string; readonly PolicyDocument: string },
): void {
  requireInlineDocument(PolicyDocument, { identity, policyName: PolicyName })
  identity.inlinePolicies.set(PolicyName, PolicyDocument)
}

/** @throws AwsError NoSuchEntity */
export function getInlinePolicy(
  identity: AnyIdentity,
  name: string,
): { PolicyName: string; PolicyDocument: string } {
  const document = identity.inlinePolicies.get(name)
  if (document === undefined) throw noInlinePolicy(identity, name)
  return { PolicyName: name, PolicyDocument: encodeDocument(document) }
}

/** @throws AwsError NoSuchEntity */
export function deleteInlinePolicy(identity: AnyIdentity, name: string): void {
  if (!identity.inlinePolicies.delete(name)) throw noInlinePolicy(identity, name)
}

function noInlinePolicy({ kind }: AnyIdentity, name: string) {
  return noSuchEntity(`The ${kind} policy with name ${name} cannot be found.`)
}

/** A page of the names of inline policies. */
export function listInlinePolicies(
  { inlinePolicies }: AnyIdentity,
  request: PageRequest,
): { PolicyNames: string[]; IsTruncated: boolean; Marker?: string } {
  const { items, ...page } = cutPage(inlinePolicies.keys(), name => name, request)
  return { PolicyNames: [...items], ...page }
}

/**
 * Attaches a managed policy; once more changes nothing.
 * @throws AwsError NoSuchEntity, LimitExceeded, InvalidInput
 */
export function attachPolicy(state: IamState, identity: AnyIdentity, arn: string): void {
  const policy = findAttachablePolicy(state, arn)
  if (identity.attachedPolicies.includes(policy.arn)) return
  const { name, maximum } = attachmentQuotas[identity.kind]
  if (identity.attachedPolicies.length >= maximum) throw quotaExceeded(name, maximum)
  identity.attachedPolicies = [...identity.attachedPolicies, policy.arn]
}

/** @throws AwsError NoSuchEntity, InvalidInput */
export function detachPolicy(identity: AnyIdentity, arn: string): void {
  requirePolicyArn(arn)
  if (!identity.attachedPolicies.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`)
  identity.attachedPolicies = identity.attachedPolicies.filter(each => each !== arn)
}

/** A page of the attached policies whose path begins as asked. */
export function listAttachedPolicies(
  state: IamState,
  identity: AnyIdentity,
  request: PageRequest & { readonly PathPrefix?: string | undefined },
): { AttachedPolicies: AttachedPolicy[]; IsTruncated: boolean; Marker?: string } {
  const policies = identity.attachedPolicies
    .map(arn => lookUpPolicy(state, arn))
    .filter(policy => policy !== undefined)
    .filter(({ path }) => path.startsWith(request.PathPrefix ?? '/'))
  const { items, ...page } = cutPage(policies, ({ name, arn }) => `${name} ${arn}`, request)
  return { AttachedPolicies: items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })), ...page }
}
