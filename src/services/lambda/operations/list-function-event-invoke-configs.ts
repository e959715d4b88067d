import type {
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse,
} from '@aws-sdk/client-lambda'
import { describeConfig } from '../asynchronous/config.ts'
import { notFound } from '../errors.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'
import { cutPage } from '../paging.ts'
import { checkNumber, refuseFailures } from '../validation.ts'

/**
 * Lists the configurations of a function, its versions and aliases.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html
 */
export const listFunctionEventInvokeConfigs: LambdaOperation<
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse
> = (state, input, context) => {
  refuseFailures(checkNumber('maxItems', input.MaxItems, { minimum: 1, maximum: 50 }))
  const owner = state.functions.get(readReference(input, context).name)
  if (!owner) throw notFound("The function doesn't exist.")
  const { items, NextMarker } = cutPage([...owner.eventInvokeConfigs], input, ([qualifier]) => qualifier)
  return {
    FunctionEventInvokeConfigs: items.map(([qualifier, config]) =>
      describeConfig({ owner, qualifier }, config),
    ) as ListFunctionEventInvokeConfigsResponse['FunctionEventInvokeConfigs'],
    NextMarker,
  }
}
