import type { FunctionEventInvokeConfig } from '@aws-sdk/client-lambda'
import { type ConfigInput, describeConfig, findConfig, readConfig } from '../asynchronous/config.ts'
import type { LambdaOperation } from '../operation.ts'
import type { EventInvokeConfig } from '../state.ts'

/**
 * Changes how asynchronous invocations are retried and where their outcome goes; what the call leaves out stays.
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionEventInvokeConfig.html
 */
export const updateFunctionEventInvokeConfig: LambdaOperation<ConfigInput, FunctionEventInvokeConfig> = (
  state,
  input,
  context,
) => {
  const { config: change, ...place } = readConfig(state, input, context)
  const { config: old } = findConfig(state, input, context)
  const config = { ...without(old, input), ...change }
  place.owner.eventInvokeConfigs.set(place.qualifier, config)
  return describeConfig(place, config)
}

/** An old configuration without the destinations that a call gives, for it may have emptied them. */
function without(old: EventInvokeConfig, { DestinationConfig: target }: ConfigInput): EventInvokeConfig {
  const { onSuccess, onFailure, ...rest } = old
  return {
    ...rest,
    ...(onSuccess && !target?.OnSuccess && { onSuccess }),
    ...(onFailure && !target?.OnFailure && { onFailure }),
  }
}
