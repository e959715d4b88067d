import type {
  PutProvisionedConcurrencyConfigRequest,
  PutProvisionedConcurrencyConfigResponse,
} from '@aws-sdk/client-lambda'
import { invalidParameter, resourceConflict } from '../errors.ts'
import { describeProvisioned, findPublished, type Published } from '../functions/provisioned.ts'
import { provisionedConcurrency, unreservedConcurrency } from '../invocation/concurrency.ts'
import { minUnreservedConcurrency } from '../limits.ts'
import type { LambdaOperation } from '../operation.ts'
import type { LambdaState } from '../state.ts'
import { checkNumber, missing, refuseFailures } from '../validation.ts'

/**
 * Asks for environments that are ready before calls come.
 * DIFFERS: none is started ahead of its first call, which takes milliseconds here; the status is READY at once.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html
 */
export const putProvisionedConcurrencyConfig: LambdaOperation<
  PutProvisionedConcurrencyConfigRequest,
  PutProvisionedConcurrencyConfigResponse
> = (state, input, context) => {
  const { ProvisionedConcurrentExecutions: requested } = input
  refuseFailures([
    ...(requested === undefined ? [missing('provisionedConcurrentExecutions')] : []),
    ...checkNumber('provisionedConcurrentExecutions', requested, {
      minimum: 1,
      maximum: Number.POSITIVE_INFINITY,
    }),
  ])
  const refusal = 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.'
  const published = findPublished(state, { input, refusal }, context)
  refuseTwice(published)
  refuseExcess(state, published, requested ?? 1)
  const config = { requested: requested ?? 1, lastModified: context.clock.now() }
  published.owner.provisioned.set(published.qualifier, config)
  return {
    ...describeProvisioned(config),
    AvailableProvisionedConcurrentExecutions: 0,
    AllocatedProvisionedConcurrentExecutions: 0,
    Status: 'IN_PROGRESS',
    $status: 202,
  }
}

/** A version is provisioned for itself or for an alias, not for both. */
function refuseTwice({ owner, qualifier }: Published): void {
  const alias = owner.aliases.get(qualifier)
  if (alias) {
    if (owner.provisioned.has(alias.version))
      throw resourceConflict(
        "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
      )
    return
  }
  const isPointedAt = [...owner.aliases.values()].some(
    ({ name, version }) => version === qualifier && owner.provisioned.has(name),
  )
  if (isPointedAt) throw resourceConflict('Version is pointed by a Provisioned Concurrency alias')
}

function refuseExcess(state: LambdaState, { owner, qualifier }: Published, requested: number): void {
  const own = owner.provisioned.get(qualifier)?.requested ?? 0
  if (owner.reservedConcurrency !== undefined) {
    if (provisionedConcurrency(owner) - own + requested > owner.reservedConcurrency)
      throw invalidParameter(
        'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
      )
    return
  }
  const unreserved = unreservedConcurrency(state) + own
  if (requested > unreserved) {
    throw invalidParameter(
      `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${unreserved}].`,
    )
  }
  if (unreserved - requested < minUnreservedConcurrency) {
    throw invalidParameter(
      `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${minUnreservedConcurrency}].`,
    )
  }
}
