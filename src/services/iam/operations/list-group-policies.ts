import type { ListGroupPoliciesRequest, ListGroupPoliciesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findGroup } from '../identities/find.ts'
import { listInlinePolicies } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the names of a group's inline policies.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html
 */
export const listGroupPolicies: Operation<IamState, ListGroupPoliciesRequest, ListGroupPoliciesResponse> = (
  state,
  input,
) => {
  checkInput(input, ['GroupName'])
  return listInlinePolicies(findGroup(state, input.GroupName), input)
}
