import type { ListPolicyTagsRequest, ListPolicyTagsResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findPolicy } from '../policies/find.ts'
import type { IamState } from '../state.ts'
import { listTags } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the tags of a managed policy.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html
 */
export const listPolicyTags: Operation<IamState, ListPolicyTagsRequest, ListPolicyTagsResponse> = (
  state,
  input,
) => {
  checkInput(input, ['PolicyArn'])
  return listTags(findPolicy(state, input.PolicyArn), input)
}
