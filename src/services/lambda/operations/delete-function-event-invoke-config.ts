import type { DeleteFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda'
import { findConfig } from '../asynchronous/config.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Goes back to two retries, six hours and no destination.
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html
 */
export const deleteFunctionEventInvokeConfig: LambdaOperation<
  DeleteFunctionEventInvokeConfigRequest,
  object
> = (state, input, context) => {
  const { owner, qualifier } = findConfig(state, input, context)
  owner.eventInvokeConfigs.delete(qualifier)
  return {}
}
