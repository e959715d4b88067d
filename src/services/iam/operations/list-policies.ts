import type { ListPoliciesRequest, ListPoliciesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { cutPage } from '../paging.ts'
import { describePolicy } from '../policies/answer.ts'
import { selectPolicies } from '../policies/select.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists managed policies, the account's and AWS's own.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html
 */
export const listPolicies: Operation<IamState, ListPoliciesRequest, ListPoliciesResponse> = (
  state,
  input,
) => {
  checkInput(input, [])
  const { items, ...page } = cutPage(selectPolicies(state, input), ({ name, arn }) => `${name} ${arn}`, input)
  return { Policies: items.map(policy => describePolicy(state, policy)), ...page }
}
