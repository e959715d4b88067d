import type { FunctionEventInvokeConfig, GetFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda'
import { describeConfig, findConfig } from '../asynchronous/config.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Tells how asynchronous invocations are retried and where their outcome goes.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html
 */
export const getFunctionEventInvokeConfig: LambdaOperation<
  GetFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig
> = (state, input, context) => {
  const { config, ...place } = findConfig(state, input, context)
  return describeConfig(place, config)
}
