import type { PutResourcePolicyRequest, PutResourcePolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { invalidParameter, limitExceeded } from '../errors.ts'
import { resourcePolicies as limits } from '../limits.ts'
import { checkPolicyResource, policyKey, showPolicy } from '../policies/scope.ts'
import type { LogsState, StoredResourcePolicy } from '../state.ts'
import { checkLength, checkPresent, refuse } from '../validation.ts'

/**
 * Keeps a policy that lets other services write to this account's groups, or to one group.
 * DIFFERS: the document is kept as it was sent, and no service is asked for it; AWS writes it anew in its own form.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
 */
export const putResourcePolicy: Operation<LogsState, PutResourcePolicyRequest, PutResourcePolicyResponse> = (
  state,
  input,
  context,
) => {
  const { policyName, policyDocument, resourceArn, expectedRevisionId } = input
  refuse(
    checkPresent('policyName', policyName),
    checkPresent('policyDocument', policyDocument),
    checkLength('policyDocument', policyDocument, { minimum: 1, maximum: limits.documentLength }),
  )
  if (resourceArn !== undefined) checkPolicyResource(state, resourceArn, context)
  refuseNoJson(policyDocument ?? '')
  const policy: StoredResourcePolicy = {
    name: policyName ?? '',
    document: policyDocument ?? '',
    updatedAt: context.clock.now(),
    ...(resourceArn !== undefined && { resourceArn, revisionId: context.ids.hex(32) }),
  }
  refuseConflict(state, policy, expectedRevisionId)
  state.resourcePolicies.set(policyKey(policy), policy)
  return {
    resourcePolicy: showPolicy(policy),
    ...(policy.revisionId !== undefined && { revisionId: policy.revisionId }),
  }
}

function refuseNoJson(document: string): void {
  try {
    JSON.parse(document)
  } catch {
    throw invalidParameter('Policy document is not in a valid JSON format.')
  }
}

function refuseConflict(
  { resourcePolicies }: LogsState,
  policy: StoredResourcePolicy,
  expectedRevisionId: string | undefined,
): void {
  const old = resourcePolicies.get(policyKey(policy))
  if (policy.resourceArn !== undefined) {
    if (old?.revisionId !== expectedRevisionId) throw invalidParameter('The revision ID does not match.')
    return
  }
  const ofAccount = [...resourcePolicies.values()].filter(({ resourceArn }) => resourceArn === undefined)
  if (old === undefined && ofAccount.length >= limits.count) throw limitExceeded()
}
