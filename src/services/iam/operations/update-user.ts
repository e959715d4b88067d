import type { UpdateUserRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findUser } from '../identities/find.ts'
import { renameIdentity } from '../identities/rename.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Changes a user's name or path.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
 */
export const updateUser: Operation<IamState, UpdateUserRequest, Record<string, never>> = (
  state,
  input,
  context,
) => {
  checkInput(input, ['UserName'])
  const user = findUser(state, input.UserName)
  renameIdentity(state, user, { name: input.NewUserName, path: input.NewPath, accountId: context.accountId })
  return {}
}
