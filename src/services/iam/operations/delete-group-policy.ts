import type { DeleteGroupPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findGroup } from '../identities/find.ts'
import { deleteInlinePolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Deletes an inline policy of a group.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html
 */
export const deleteGroupPolicy: Operation<IamState, DeleteGroupPolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['GroupName', 'PolicyName'])
  deleteInlinePolicy(findGroup(state, input.GroupName), input.PolicyName)
  return {}
}
