import type { PutGroupPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findGroup } from '../identities/find.ts'
import { putInlinePolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Writes an inline policy of a group.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html
 */
export const putGroupPolicy: Operation<IamState, PutGroupPolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['GroupName', 'PolicyName', 'PolicyDocument'])
  putInlinePolicy(findGroup(state, input.GroupName), input)
  return {}
}
