import type { PutRolePermissionsBoundaryRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { requireBoundary } from '../identities/create.ts'
import { findOwnRole } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Sets the managed policy that limits a role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html
 */
export const putRolePermissionsBoundary: Operation<
  IamState,
  PutRolePermissionsBoundaryRequest,
  Record<string, never>
> = (state, input) => {
  checkInput(input, ['RoleName', 'PermissionsBoundary'])
  requireBoundary(state, input.PermissionsBoundary)
  findOwnRole(state, input.RoleName).boundary = input.PermissionsBoundary
  return {}
}
