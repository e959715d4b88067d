import type { DeleteFunctionUrlConfigRequest } from '@aws-sdk/client-lambda'
import { notFound } from '../errors.ts'
import type { LambdaOperation } from '../operation.ts'
import { readUrlReference } from '../urls/config.ts'

/**
 * Takes a function's HTTP address away.
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html
 */
export const deleteFunctionUrlConfig: LambdaOperation<DeleteFunctionUrlConfigRequest, object> = (
  state,
  input,
  context,
) => {
  const { name, qualifier } = readUrlReference(input, context)
  if (!state.functions.get(name)?.urls.delete(qualifier))
    throw notFound('The resource you requested does not exist.')
  return {}
}
