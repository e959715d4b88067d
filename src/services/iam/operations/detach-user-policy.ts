import type { DetachUserPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findUser } from '../identities/find.ts'
import { detachPolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Detaches a managed policy from a user.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html
 */
export const detachUserPolicy: Operation<IamState, DetachUserPolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['UserName', 'PolicyArn'])
  detachPolicy(findUser(state, input.UserName), input.PolicyArn)
  return {}
}
