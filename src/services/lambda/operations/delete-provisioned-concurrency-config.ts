import type { DeleteProvisionedConcurrencyConfigRequest } from '@aws-sdk/client-lambda'
import { findPublished } from '../functions/provisioned.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Asks for ready environments no longer; none asked for is fine.
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html
 */
export const deleteProvisionedConcurrencyConfig: LambdaOperation<
  DeleteProvisionedConcurrencyConfigRequest,
  object
> = (state, input, context) => {
  const refusal = 'The function resource provided must be an alias or a published version.'
  const { owner, qualifier } = findPublished(state, { input, refusal }, context)
  owner.provisioned.delete(qualifier)
  return {}
}
