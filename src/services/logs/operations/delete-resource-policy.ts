import type { DeleteResourcePolicyRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { invalidParameter, policyNotFound } from '../errors.ts'
import type { LogsState } from '../state.ts'
import { checkPresent, refuse } from '../validation.ts'

/**
 * Forgets a resource policy, by its name or by the group that it belongs to.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteResourcePolicy.html
 */
export const deleteResourcePolicy: Operation<LogsState, DeleteResourcePolicyRequest, object> = (
  state,
  { policyName, resourceArn, expectedRevisionId },
) => {
  const key = resourceArn ?? policyName
  refuse(checkPresent('policyName', key))
  const policy = state.resourcePolicies.get(key ?? '')
  if (!policy || policy.resourceArn !== resourceArn) throw policyNotFound(key ?? '')
  if (policy.revisionId !== undefined && policy.revisionId !== expectedRevisionId) {
    throw invalidParameter('The revision ID does not match.')
  }
  state.resourcePolicies.delete(key ?? '')
  return {}
}
