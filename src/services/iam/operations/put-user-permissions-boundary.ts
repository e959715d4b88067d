import type { PutUserPermissionsBoundaryRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { requireBoundary } from '../identities/create.ts'
import { findUser } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Sets the managed policy that limits a user.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html
 */
export const putUserPermissionsBoundary: Operation<
  IamState,
  PutUserPermissionsBoundaryRequest,
  Record<string, never>
> = (state, input) => {
  checkInput(input, ['UserName', 'PermissionsBoundary'])
  requireBoundary(state, input.PermissionsBoundary)
  findUser(state, input.UserName).boundary = input.PermissionsBoundary
  return {}
}
