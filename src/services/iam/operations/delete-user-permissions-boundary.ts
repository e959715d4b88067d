import type { DeleteUserPermissionsBoundaryRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { noSuchEntity } from '../errors.ts'
import { findUser } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Takes the limit from a user.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html
 */
export const deleteUserPermissionsBoundary: Operation<
  IamState,
  DeleteUserPermissionsBoundaryRequest,
  Record<string, never>
> = (state, input) => {
  checkInput(input, ['UserName'])
  const user = findUser(state, input.UserName)
  if (user.boundary === undefined)
    throw noSuchEntity(`User ${user.name} does not have a permissions boundary.`)
  user.boundary = undefined
  return {}
}
