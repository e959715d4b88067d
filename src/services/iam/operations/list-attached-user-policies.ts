import type { ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findUser } from '../identities/find.ts'
import { listAttachedPolicies } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the managed policies that are attached to a user.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html
 */
export const listAttachedUserPolicies: Operation<
  IamState,
  ListAttachedUserPoliciesRequest,
  ListAttachedUserPoliciesResponse
> = (state, input) => {
  checkInput(input, ['UserName'])
  return listAttachedPolicies(state, findUser(state, input.UserName), input)
}
