import type { GetAccountSettingsRequest, GetAccountSettingsResponse } from '@aws-sdk/client-lambda'
import { allVersions } from '../functions/find.ts'
import { unreservedConcurrency } from '../invocation/concurrency.ts'
import { accountConcurrency, maxTotalCodeBytes, maxUnzippedBytes, maxZippedBytes } from '../limits.ts'
import type { LambdaOperation } from '../operation.ts'
import type { LambdaState } from '../state.ts'

/**
 * Tells what the account may use, and what it uses.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
 */
export const getAccountSettings: LambdaOperation<
  GetAccountSettingsRequest,
  GetAccountSettingsResponse
> = state => ({
  AccountLimit: {
    TotalCodeSize: maxTotalCodeBytes,
    CodeSizeUnzipped: maxUnzippedBytes,
    CodeSizeZipped: maxZippedBytes,
    ConcurrentExecutions: accountConcurrency,
    UnreservedConcurrentExecutions: unreservedConcurrency(state),
  },
  AccountUsage: { TotalCodeSize: totalCodeSize(state), FunctionCount: state.functions.size },
})

function totalCodeSize({ functions, layers }: LambdaState): number {
  let sum = 0
  for (const owner of functions.values()) for (const { code } of allVersions(owner)) sum += code.size
  for (const { versions } of layers.values()) for (const { code } of versions.values()) sum += code.size
  return sum
}
