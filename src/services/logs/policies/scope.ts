import type { OperationContext } from '../../../cloud/operation.ts'
import { resourceNotFound } from '../errors.ts'
import { groupOfArn } from '../groups/arn.ts'
import type { LogsState, StoredResourcePolicy } from '../state.ts'

/** Key of a policy: its name, or the ARN of the group that it belongs to. */
export function policyKey(policy: Pick<StoredResourcePolicy, 'name' | 'resourceArn'>): string {
  return policy.resourceArn ?? policy.name
}

/** @throws AwsError ResourceNotFoundException where the ARN is none of a group that is there */
export function checkPolicyResource(state: LogsState, resourceArn: string, context: OperationContext): void {
  if (!state.groups.has(groupOfArn(resourceArn, context) ?? '')) throw resourceNotFound()
}

/** A policy as the API shows it. */
export function showPolicy({ name, document, updatedAt, resourceArn, revisionId }: StoredResourcePolicy) {
  return {
    policyName: name,
    policyDocument: document,
    lastUpdatedTime: updatedAt,
    policyScope: resourceArn === undefined ? ('ACCOUNT' as const) : ('RESOURCE' as const),
    ...(resourceArn !== undefined && { resourceArn }),
    ...(revisionId !== undefined && { revisionId }),
  }
}
