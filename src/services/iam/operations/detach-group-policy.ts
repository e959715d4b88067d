import type { DetachGroupPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findGroup } from '../identities/find.ts'
import { detachPolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Detaches a managed policy from a group.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachGroupPolicy.html
 */
export const detachGroupPolicy: Operation<IamState, DetachGroupPolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['GroupName', 'PolicyArn'])
  detachPolicy(findGroup(state, input.GroupName), input.PolicyArn)
  return {}
}
