import type {
  GetFunctionRecursionConfigRequest,
  GetFunctionRecursionConfigResponse,
} from '@aws-sdk/client-lambda'
import { findFunction } from '../functions/find.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Tells whether a function may go on when it causes its own invocations.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionRecursionConfig.html
 */
export const getFunctionRecursionConfig: LambdaOperation<
  GetFunctionRecursionConfigRequest,
  GetFunctionRecursionConfigResponse
> = (state, input, context) => {
  const { recursiveLoop = 'Terminate' } = findFunction(state, readReference(input, context), context)
  return { RecursiveLoop: recursiveLoop }
}
