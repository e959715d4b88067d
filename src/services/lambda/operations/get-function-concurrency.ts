import type { GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse } from '@aws-sdk/client-lambda'
import { findFunction } from '../functions/find.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Tells what room is reserved for a function; nothing when none is.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html
 */
export const getFunctionConcurrency: LambdaOperation<
  GetFunctionConcurrencyRequest,
  GetFunctionConcurrencyResponse
> = (state, input, context) => ({
  ReservedConcurrentExecutions: findFunction(state, readReference(input, context), context)
    .reservedConcurrency,
})
