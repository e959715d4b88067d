import type { GetGroupPolicyRequest, GetGroupPolicyResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findGroup } from '../identities/find.ts'
import { getInlinePolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Gives the document of an inline policy of a group.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html
 */
export const getGroupPolicy: Operation<IamState, GetGroupPolicyRequest, GetGroupPolicyResponse> = (
  state,
  input,
) => {
  checkInput(input, ['GroupName', 'PolicyName'])
  return {
    GroupName: input.GroupName,
    ...getInlinePolicy(findGroup(state, input.GroupName), input.PolicyName),
  }
}
