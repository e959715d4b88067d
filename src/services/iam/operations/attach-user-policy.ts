import type { AttachUserPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findUser } from '../identities/find.ts'
import { attachPolicy } from '../identities/policies.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Attaches a managed policy to a user.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html
 */
export const attachUserPolicy: Operation<IamState, AttachUserPolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['UserName', 'PolicyArn'])
  attachPolicy(state, findUser(state, input.UserName), input.PolicyArn)
  return {}
}
