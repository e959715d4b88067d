import type { DeleteAccountAliasRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { noSuchEntity } from '../errors.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Takes the account's name.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html
 */
export const deleteAccountAlias: Operation<IamState, DeleteAccountAliasRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['AccountAlias'])
  if (state.accountAlias !== input.AccountAlias)
    throw noSuchEntity(`The account alias ${input.AccountAlias} cannot be found.`)
  state.accountAlias = undefined
  return {}
}
