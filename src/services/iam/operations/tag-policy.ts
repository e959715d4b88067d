import type { TagPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findOwnPolicy } from '../policies/find.ts'
import type { IamState } from '../state.ts'
import { addTags } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Adds tags to a managed policy, or gives them new values.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html
 */
export const tagPolicy: Operation<IamState, TagPolicyRequest, Record<string, never>> = (state, input) => {
  checkInput(input, ['PolicyArn', 'Tags'])
  addTags(findOwnPolicy(state, input.PolicyArn), input.Tags)
  return {}
}
