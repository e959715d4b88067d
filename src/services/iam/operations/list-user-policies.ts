import type { ListUserPoliciesRequest, ListUserPoliciesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findUser } from '../identities/find.ts'
import { listInlinePolicies } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the names of a user's inline policies.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html
 */
export const listUserPolicies: Operation<IamState, ListUserPoliciesRequest, ListUserPoliciesResponse> = (
  state,
  input,
) => {
  checkInput(input, ['UserName'])
  return listInlinePolicies(findUser(state, input.UserName), input)
}
