import type {
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse,
} from '@aws-sdk/client-lambda'
import { findFunction } from '../functions/find.ts'
import { describeProvisioned } from '../functions/provisioned.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'
import { cutPage } from '../paging.ts'
import { checkNumber, refuseFailures } from '../validation.ts'

/**
 * Lists the versions and aliases of a function that have ready environments.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListProvisionedConcurrencyConfigs.html
 */
export const listProvisionedConcurrencyConfigs: LambdaOperation<
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse
> = (state, input, context) => {
  refuseFailures(checkNumber('maxItems', input.MaxItems, { minimum: 1, maximum: 50 }))
  const owner = findFunction(state, readReference(input, context), context)
  const { items, NextMarker } = cutPage([...owner.provisioned], input, ([qualifier]) => qualifier)
  return {
    ProvisionedConcurrencyConfigs: items.map(([qualifier, config]) => ({
      FunctionArn: `${owner.arn}:${qualifier}`,
      ...describeProvisioned(config),
    })),
    NextMarker,
  }
}
