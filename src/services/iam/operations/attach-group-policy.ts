import type { AttachGroupPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findGroup } from '../identities/find.ts'
import { attachPolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Attaches a managed policy to a group.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html
 */
export const attachGroupPolicy: Operation<IamState, AttachGroupPolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['GroupName', 'PolicyArn'])
  attachPolicy(state, findGroup(state, input.GroupName), input.PolicyArn)
  return {}
}
