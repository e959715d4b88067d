import type { FunctionUrlConfig, GetFunctionUrlConfigRequest } from '@aws-sdk/client-lambda'
import { notFound } from '../errors.ts'
import type { LambdaOperation } from '../operation.ts'
import { describeUrl, readUrlReference } from '../urls/config.ts'

/**
 * Tells a function's HTTP address and who may use it.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html
 */
export const getFunctionUrlConfig: LambdaOperation<GetFunctionUrlConfigRequest, FunctionUrlConfig> = (
  state,
  input,
  context,
) => {
  const { name, qualifier } = readUrlReference(input, context)
  const owner = state.functions.get(name)
  const url = owner?.urls.get(qualifier)
  if (!owner || !url) throw notFound('The resource you requested does not exist.')
  return describeUrl(owner, { qualifier, url }, context)
}
