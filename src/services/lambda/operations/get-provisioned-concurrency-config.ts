import type {
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse,
} from '@aws-sdk/client-lambda'
import { noProvisionedConcurrency } from '../errors.ts'
import { describeProvisioned, findPublished } from '../functions/provisioned.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Tells how many environments are ready for a version or an alias.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html
 */
export const getProvisionedConcurrencyConfig: LambdaOperation<
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse
> = (state, input, context) => {
  const refusal = 'The function resource provided must be an alias or a published version.'
  const { owner, qualifier } = findPublished(state, { input, refusal }, context)
  const config = owner.provisioned.get(qualifier)
  if (!config) throw noProvisionedConcurrency()
  return describeProvisioned(config)
}
