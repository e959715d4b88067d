import type { CreateAccessKeyRequest, CreateAccessKeyResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { createKey } from '../identities/access-keys.ts'
import { namedOrCallingUser } from '../identities/caller.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Makes an access key of a user, or of the caller when no user is named; its secret is told only now.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
 */
export const createAccessKey: Operation<IamState, CreateAccessKeyRequest, CreateAccessKeyResponse> = (
  state,
  input,
  context,
) => {
  checkInput(input, [])
  const user = namedOrCallingUser(state, input.UserName, context)
  const key = createKey(state, user, context)
  return {
    AccessKey: {
      UserName: user.name,
      AccessKeyId: key.id,
      Status: key.status,
      SecretAccessKey: key.secret,
      CreateDate: new Date(key.createdAt),
    },
  }
}
