import type { ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findRole } from '../identities/find.ts'
import { listAttachedPolicies } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the managed policies that are attached to a role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html
 */
export const listAttachedRolePolicies: Operation<
  IamState,
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse
> = (state, input) => {
  checkInput(input, ['RoleName'])
  return listAttachedPolicies(state, findRole(state, input.RoleName), input)
}
