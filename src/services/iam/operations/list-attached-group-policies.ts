import type { ListAttachedGroupPoliciesRequest, ListAttachedGroupPoliciesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findGroup } from '../identities/find.ts'
import { listAttachedPolicies } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the managed policies that are attached to a group.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html
 */
export const listAttachedGroupPolicies: Operation<
  IamState,
  ListAttachedGroupPoliciesRequest,
  ListAttachedGroupPoliciesResponse
> = (state, input) => {
  checkInput(input, ['GroupName'])
  return listAttachedPolicies(state, findGroup(state, input.GroupName), input)
}
