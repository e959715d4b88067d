import type { ListFunctionUrlConfigsRequest, ListFunctionUrlConfigsResponse } from '@aws-sdk/client-lambda'
import { notFound } from '../errors.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'
import { cutPage } from '../paging.ts'
import { describeUrl } from '../urls/config.ts'
import { checkNumber, refuseFailures } from '../validation.ts'

/**
 * Lists the HTTP addresses of a function and of its aliases.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html
 */
export const listFunctionUrlConfigs: LambdaOperation<
  ListFunctionUrlConfigsRequest,
  ListFunctionUrlConfigsResponse
> = (state, input, context) => {
  refuseFailures(checkNumber('maxItems', input.MaxItems, { minimum: 1, maximum: 50 }))
  const owner = state.functions.get(readReference(input, context).name)
  if (!owner) throw notFound('Function does not exist')
  const { items, NextMarker } = cutPage([...owner.urls], input, ([qualifier]) => qualifier)
  return {
    FunctionUrlConfigs: items.map(([qualifier, url]) =>
      describeUrl(owner, { qualifier, url }, context),
    ) as ListFunctionUrlConfigsResponse['FunctionUrlConfigs'],
    NextMarker,
  }
}
