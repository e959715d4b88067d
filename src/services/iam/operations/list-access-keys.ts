import type { ListAccessKeysRequest, ListAccessKeysResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeKey, keysOf } from '../identities/access-keys.ts'
import { namedOrCallingUser } from '../identities/caller.ts'
import { cutPage } from '../paging.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the access keys of a user, or of the caller.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html
 */
export const listAccessKeys: Operation<IamState, ListAccessKeysRequest, ListAccessKeysResponse> = (
  state,
  input,
  context,
) => {
  checkInput(input, [])
  const user = namedOrCallingUser(state, input.UserName, context)
  const { items, ...page } = cutPage(keysOf(state, user), ({ id }) => id, input)
  return { AccessKeyMetadata: items.map(key => describeKey(user, key)), ...page }
}
