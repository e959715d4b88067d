import type { TagUserRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findUser } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { addTags } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Adds tags to a user, or gives them new values.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html
 */
export const tagUser: Operation<IamState, TagUserRequest, Record<string, never>> = (state, input) => {
  checkInput(input, ['UserName', 'Tags'])
  addTags(findUser(state, input.UserName), input.Tags)
  return {}
}
