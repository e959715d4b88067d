import type { DeleteFunctionConcurrencyRequest } from '@aws-sdk/client-lambda'
import { findFunction } from '../functions/find.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Gives a function's reserved room back to the account.
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html
 */
export const deleteFunctionConcurrency: LambdaOperation<DeleteFunctionConcurrencyRequest, object> = (
  state,
  input,
  context,
) => {
  delete findFunction(state, readReference(input, context), context).reservedConcurrency
  context.live.queue.wakeThrottled()
  return {}
}
