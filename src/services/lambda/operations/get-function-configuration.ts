import type { FunctionConfiguration, GetFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import { describeVersion } from '../functions/configuration.ts'
import { findVersion } from '../functions/find.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Tells how a function runs; waits for a creation or an update as GetFunction does.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
 */
export const getFunctionConfiguration: LambdaOperation<
  GetFunctionConfigurationRequest,
  FunctionConfiguration
> = async (state, input, context) => {
  const reference = readReference(input, context)
  await context.live.activations.settled(findVersion(state, reference, context).version)
  const { owner, version } = findVersion(state, reference, context)
  return describeVersion(owner, version, reference.qualifier)
}
