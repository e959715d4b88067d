import type { UpdateAssumeRolePolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findOwnRole } from '../identities/find.ts'
import { requireTrustDocument } from '../policies/documents.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Replaces a role's trust policy.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html
 */
export const updateAssumeRolePolicy: Operation<
  IamState,
  UpdateAssumeRolePolicyRequest,
  Record<string, never>
> = (state, input, context) => {
  checkInput(input, ['RoleName', 'PolicyDocument'])
  const role = findOwnRole(state, input.RoleName)
  requireTrustDocument(input.PolicyDocument, state, context.accountId)
  role.trustPolicy = input.PolicyDocument
  return {}
}
