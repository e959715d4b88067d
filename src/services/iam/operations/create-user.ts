import type { CreateUserRequest, CreateUserResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeUserWhole } from '../identities/answer.ts'
import { createIdentity, requireBoundary } from '../identities/create.ts'
import { requireFreeName } from '../identities/find.ts'
import type { IamState, User } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Creates a user.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
 */
export const createUser: Operation<IamState, CreateUserRequest, CreateUserResponse> = (
  state,
  input,
  context,
) => {
  checkInput(input, ['UserName'])
  requireFreeName(state, 'user', input.UserName)
  requireBoundary(state, input.PermissionsBoundary)
  const identity = createIdentity(
    'user',
    { ...input, name: input.UserName, boundary: input.PermissionsBoundary },
    context,
  )
  const user: User = { ...identity, kind: 'user' }
  state.users.set(user.name, user)
  return { User: describeUserWhole(user) }
}
