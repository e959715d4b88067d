import type { DeleteRolePermissionsBoundaryRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { noSuchEntity } from '../errors.ts'
import { findOwnRole } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Takes the limit from a role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html
 */
export const deleteRolePermissionsBoundary: Operation<
  IamState,
  DeleteRolePermissionsBoundaryRequest,
  Record<string, never>
> = (state, input) => {
  checkInput(input, ['RoleName'])
  const role = findOwnRole(state, input.RoleName)
  if (role.boundary === undefined)
    throw noSuchEntity(`Role ${role.name} does not have a permissions boundary.`)
  role.boundary = undefined
  return {}
}
