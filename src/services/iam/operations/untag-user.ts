import type { UntagUserRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findUser } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { removeTags } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Takes tags from a user.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html
 */
export const untagUser: Operation<IamState, UntagUserRequest, Record<string, never>> = (state, input) => {
  checkInput(input, ['UserName', 'TagKeys'])
  removeTags(findUser(state, input.UserName), input.TagKeys)
  return {}
}
