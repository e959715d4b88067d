import type { ListFunctionsRequest, ListFunctionsResponse } from '@aws-sdk/client-lambda'
import { describeInList } from '../functions/configuration.ts'
import { allVersions } from '../functions/find.ts'
import type { LambdaOperation } from '../operation.ts'
import { cutPage } from '../paging.ts'
import { checkChoice, checkNumber, refuseFailures } from '../validation.ts'

/**
 * Lists functions by name, with `FunctionVersion: ALL` their versions as well.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
 */
export const listFunctions: LambdaOperation<ListFunctionsRequest, ListFunctionsResponse> = (state, input) => {
  refuseFailures([
    ...checkChoice('functionVersion', input.FunctionVersion, ['ALL']),
    ...checkNumber('maxItems', input.MaxItems, { minimum: 1, maximum: 10_000 }),
  ])
  const functions = [...state.functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const entries =
    input.FunctionVersion === 'ALL'
      ? functions.flatMap(owner =>
          allVersions(owner).map(version => describeInList(owner, version, version.version)),
        )
      : functions.map(owner => describeInList(owner, owner.latest))
  const { items, NextMarker } = cutPage(entries, input, entry => entry.FunctionArn ?? '')
  return { Functions: [...items], NextMarker }
}
