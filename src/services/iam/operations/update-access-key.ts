import type { UpdateAccessKeyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findKey } from '../identities/access-keys.ts'
import { namedOrCallingUser } from '../identities/caller.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Turns an access key on or off.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html
 */
export const updateAccessKey: Operation<IamState, UpdateAccessKeyRequest, Record<string, never>> = (
  state,
  input,
  context,
) => {
  checkInput(input, ['AccessKeyId', 'Status'])
  const user = namedOrCallingUser(state, input.UserName, context)
  findKey(state, user, input.AccessKeyId).status = input.Status === 'Inactive' ? 'Inactive' : 'Active'
  return {}
}
