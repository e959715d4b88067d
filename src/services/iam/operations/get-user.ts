import type { GetUserRequest, GetUserResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeUserWhole } from '../identities/answer.ts'
import { callingUser, describeRoot } from '../identities/caller.ts'
import { findUser } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Describes a user, or the caller when no user is named.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html
 */
export const getUser: Operation<IamState, GetUserRequest, GetUserResponse> = (state, input, context) => {
  checkInput(input, [])
  if (input.UserName !== undefined) return { User: describeUserWhole(findUser(state, input.UserName)) }
  const user = callingUser(state, context)
  return { User: user ? describeUserWhole(user) : describeRoot(context) }
}
