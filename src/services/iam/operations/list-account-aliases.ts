import type { ListAccountAliasesRequest, ListAccountAliasesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the account's name, when it has one.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html
 */
export const listAccountAliases: Operation<
  IamState,
  ListAccountAliasesRequest,
  ListAccountAliasesResponse
> = (state, input) => {
  checkInput(input, [])
  const aliases = state.accountAlias === undefined ? [] : [state.accountAlias]
  return { AccountAliases: aliases, IsTruncated: false }
}
