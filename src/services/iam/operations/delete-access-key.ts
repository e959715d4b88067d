import type { DeleteAccessKeyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findKey } from '../identities/access-keys.ts'
import { namedOrCallingUser } from '../identities/caller.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Deletes an access key.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html
 */
export const deleteAccessKey: Operation<IamState, DeleteAccessKeyRequest, Record<string, never>> = (
  state,
  input,
  context,
) => {
  checkInput(input, ['AccessKeyId'])
  const user = namedOrCallingUser(state, input.UserName, context)
  state.accessKeys.delete(findKey(state, user, input.AccessKeyId).id)
  return {}
}
