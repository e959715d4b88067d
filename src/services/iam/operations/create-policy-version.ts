import type { CreatePolicyVersionRequest, CreatePolicyVersionResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeVersion } from '../policies/answer.ts'
import { addVersion } from '../policies/create.ts'
import { requireManagedDocument } from '../policies/documents.ts'
import { findOwnPolicy } from '../policies/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Adds a version to a managed policy.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html
 */
export const createPolicyVersion: Operation<
  IamState,
  CreatePolicyVersionRequest,
  CreatePolicyVersionResponse
> = (state, input, context) => {
  checkInput(input, ['PolicyArn', 'PolicyDocument'])
  const policy = findOwnPolicy(state, input.PolicyArn)
  requireManagedDocument(input.PolicyDocument)
  const version = addVersion(policy, input.PolicyDocument, context)
  if (input.SetAsDefault === true) policy.defaultVersionId = version.id
  return { PolicyVersion: describeVersion(policy, version) }
}
