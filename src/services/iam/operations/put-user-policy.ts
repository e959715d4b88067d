import type { PutUserPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findUser } from '../identities/find.ts'
import { putInlinePolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Writes an inline policy of a user.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html
 */
export const putUserPolicy: Operation<IamState, PutUserPolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['UserName', 'PolicyName', 'PolicyDocument'])
  putInlinePolicy(findUser(state, input.UserName), input)
  return {}
}
