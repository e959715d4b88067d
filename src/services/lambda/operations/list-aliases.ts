import type { ListAliasesRequest, ListAliasesResponse } from '@aws-sdk/client-lambda'
import { describeAlias } from '../aliases/alias.ts'
import { findFunction } from '../functions/find.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'
import { cutPage } from '../paging.ts'
import { checkNumber, refuseFailures } from '../validation.ts'

/**
 * Lists a function's aliases by name, those of one version where that is asked for.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html
 */
export const listAliases: LambdaOperation<ListAliasesRequest, ListAliasesResponse> = (
  state,
  input,
  context,
) => {
  refuseFailures(checkNumber('maxItems', input.MaxItems, { minimum: 1, maximum: 10_000 }))
  const owner = findFunction(state, readReference({ FunctionName: input.FunctionName }, context), context)
  const aliases = [...owner.aliases.values()]
    .filter(({ version }) => input.FunctionVersion === undefined || version === input.FunctionVersion)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const { items, NextMarker } = cutPage(aliases, input, ({ name }) => name)
  return {
    Aliases: items.map(alias => describeAlias(owner, alias)) as ListAliasesResponse['Aliases'],
    NextMarker,
  }
}
