import type { GetFunctionRequest, GetFunctionResponse } from '@aws-sdk/client-lambda'
import { describeVersion } from '../functions/configuration.ts'
import { findVersion } from '../functions/find.ts'
import { codeLocation } from '../functions/location.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Tells what a function is and where its zip can be fetched.
 * A function that is just being created or updated is answered when that is over, which is a matter of milliseconds:
 * who waits for it need not ask twice.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
 */
export const getFunction: LambdaOperation<GetFunctionRequest, GetFunctionResponse> = async (
  state,
  input,
  context,
) => {
  const reference = readReference(input, context)
  await context.live.activations.settled(findVersion(state, reference, context).version)
  const { owner, version } = findVersion(state, reference, context)
  return {
    Configuration: describeVersion(owner, version, reference.qualifier),
    Code: { RepositoryType: 'S3', Location: codeLocation(version.code, context) },
    ...(owner.tags.size > 0 && { Tags: Object.fromEntries(owner.tags) }),
    ...(owner.reservedConcurrency !== undefined && {
      Concurrency: { ReservedConcurrentExecutions: owner.reservedConcurrency },
    }),
  }
}
