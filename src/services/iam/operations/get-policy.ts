import type { GetPolicyRequest, GetPolicyResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describePolicyWhole } from '../policies/answer.ts'
import { findPolicy } from '../policies/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Describes a managed policy.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html
 */
export const getPolicy: Operation<IamState, GetPolicyRequest, GetPolicyResponse> = (state, input) => {
  checkInput(input, ['PolicyArn'])
  return { Policy: describePolicyWhole(state, findPolicy(state, input.PolicyArn)) }
}
