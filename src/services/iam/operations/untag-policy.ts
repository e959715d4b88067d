import type { UntagPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findOwnPolicy } from '../policies/find.ts'
import type { IamState } from '../state.ts'
import { removeTags } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Takes tags from a managed policy.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html
 */
export const untagPolicy: Operation<IamState, UntagPolicyRequest, Record<string, never>> = (state, input) => {
  checkInput(input, ['PolicyArn', 'TagKeys'])
  removeTags(findOwnPolicy(state, input.PolicyArn), input.TagKeys)
  return {}
}
