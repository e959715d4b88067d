import type {
  PutFunctionRecursionConfigRequest,
  PutFunctionRecursionConfigResponse,
} from '@aws-sdk/client-lambda'
import { findFunction } from '../functions/find.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'
import { checkChoice, missing, refuseFailures } from '../validation.ts'

/**
 * Says whether a function may go on when it causes its own invocations.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html
 */
export const putFunctionRecursionConfig: LambdaOperation<
  PutFunctionRecursionConfigRequest,
  PutFunctionRecursionConfigResponse
> = (state, input, context) => {
  const { RecursiveLoop: wanted = 'Terminate' } = input
  refuseFailures([
    ...(input.RecursiveLoop === undefined ? [missing('recursiveLoop')] : []),
    ...checkChoice('recursiveLoop', wanted, ['Allow', 'Terminate']),
  ])
  findFunction(state, readReference(input, context), context).recursiveLoop = wanted
  return { RecursiveLoop: wanted }
}
