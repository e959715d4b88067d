import type { Concurrency, PutFunctionConcurrencyRequest } from '@aws-sdk/client-lambda'
import { functionNotFound, invalidParameter } from '../errors.ts'
import { latestQualifier } from '../functions/find.ts'
import { functionArn, readReference } from '../functions/reference.ts'
import { provisionedConcurrency, unreservedConcurrency } from '../invocation/concurrency.ts'
import { minUnreservedConcurrency } from '../limits.ts'
import type { LambdaOperation } from '../operation.ts'
import { checkNumber, missing, refuseFailures } from '../validation.ts'

/**
 * Reserves room for a function's calls, and bounds them; 0 stops it.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
 */
export const putFunctionConcurrency: LambdaOperation<PutFunctionConcurrencyRequest, Concurrency> = (
  state,
  input,
  context,
) => {
  const { name, qualifier } = readReference(input, context)
  const { ReservedConcurrentExecutions: wanted = 0 } = input
  refuseFailures([
    ...(input.ReservedConcurrentExecutions === undefined ? [missing('reservedConcurrentExecutions')] : []),
    ...checkNumber('reservedConcurrentExecutions', wanted, {
      minimum: 0,
      maximum: Number.POSITIVE_INFINITY,
    }),
  ])
  if (qualifier !== undefined) {
    throw invalidParameter(
      'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
    )
  }
  const owner = state.functions.get(name)
  if (!owner) throw functionNotFound(functionArn(context, name, latestQualifier))
  const left = unreservedConcurrency(state) + (owner.reservedConcurrency ?? 0) - wanted
  if (left < minUnreservedConcurrency) {
    throw invalidParameter(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${minUnreservedConcurrency}].`,
    )
  }
  const provisioned = provisionedConcurrency(owner)
  if (provisioned > wanted) {
    throw invalidParameter(
      ` ReservedConcurrentExecutions  ${wanted} should not be lower than function's total provisioned concurrency [${provisioned}].`,
    )
  }
  owner.reservedConcurrency = wanted
  context.live.queue.wakeThrottled()
  return { ReservedConcurrentExecutions: wanted }
}
