import type { FunctionEventInvokeConfig } from '@aws-sdk/client-lambda'
import { type ConfigInput, describeConfig, readConfig } from '../asynchronous/config.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Says how asynchronous invocations are retried and where their outcome goes; what was said before is forgotten.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
 */
export const putFunctionEventInvokeConfig: LambdaOperation<ConfigInput, FunctionEventInvokeConfig> = (
  state,
  input,
  context,
) => {
  const { config, ...place } = readConfig(state, input, context)
  place.owner.eventInvokeConfigs.set(place.qualifier, config)
  return describeConfig(place, config)
}
