import type { ListUserTagsRequest, ListUserTagsResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findUser } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { listTags } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the tags of a user.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html
 */
export const listUserTags: Operation<IamState, ListUserTagsRequest, ListUserTagsResponse> = (
  state,
  input,
) => {
  checkInput(input, ['UserName'])
  return listTags(findUser(state, input.UserName), input)
}
