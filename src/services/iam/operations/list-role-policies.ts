import type { ListRolePoliciesRequest, ListRolePoliciesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findRole } from '../identities/find.ts'
import { listInlinePolicies } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the names of a role's inline policies.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html
 */
export const listRolePolicies: Operation<IamState, ListRolePoliciesRequest, ListRolePoliciesResponse> = (
  state,
  input,
) => {
  checkInput(input, ['RoleName'])
  return listInlinePolicies(findRole(state, input.RoleName), input)
}
