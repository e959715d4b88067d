import type { CreateAccountAliasRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { entityAlreadyExists } from '../errors.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Gives the account a name.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html
 */
export const createAccountAlias: Operation<IamState, CreateAccountAliasRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['AccountAlias'])
  if (state.accountAlias === input.AccountAlias)
    throw entityAlreadyExists(`The account alias ${input.AccountAlias} already exists.`)
  state.accountAlias = input.AccountAlias
  return {}
}
