import type { CreatePolicyRequest, CreatePolicyResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describePolicy } from '../policies/answer.ts'
import { createManagedPolicy } from '../policies/create.ts'
import { requireManagedDocument } from '../policies/documents.ts'
import type { IamState } from '../state.ts'
import { tagsMember } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Creates a managed policy with its first version.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
 */
export const createPolicy: Operation<IamState, CreatePolicyRequest, CreatePolicyResponse> = (
  state,
  input,
  context,
) => {
  checkInput(input, ['PolicyName', 'PolicyDocument'])
  requireManagedDocument(input.PolicyDocument)
  const policy = createManagedPolicy(state, input, context)
  return { Policy: { ...describePolicy(state, policy), ...tagsMember(policy) } }
}
