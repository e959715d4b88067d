import type { ListVersionsByFunctionRequest, ListVersionsByFunctionResponse } from '@aws-sdk/client-lambda'
import { describeInList } from '../functions/configuration.ts'
import { allVersions, findFunction } from '../functions/find.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'
import { cutPage } from '../paging.ts'
import { checkNumber, refuseFailures } from '../validation.ts'

/**
 * Lists `$LATEST` and the published versions in order.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html
 */
export const listVersionsByFunction: LambdaOperation<
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse
> = (state, input, context) => {
  refuseFailures(checkNumber('maxItems', input.MaxItems, { minimum: 1, maximum: 10_000 }))
  const owner = findFunction(state, readReference(input, context), context)
  const { items, NextMarker } = cutPage(allVersions(owner), input, ({ version }) => version)
  return { Versions: items.map(each => describeInList(owner, each, each.version)), NextMarker }
}
