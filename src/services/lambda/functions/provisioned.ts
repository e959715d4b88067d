import { aliasNotFound, functionNotFound, invalidParameter } from '../errors.ts'
import type { LambdaContext } from '../operation.ts'
import type { LambdaFunction, LambdaState, ProvisionedConcurrency } from '../state.ts'
import { formatTime } from './configuration.ts'
import { latestQualifier, versionOf } from './find.ts'
import { type FunctionInput, functionArn, isVersionNumber, readReference } from './reference.ts'

/** A published version or an alias of a function. */
export interface Published {
  readonly owner: LambdaFunction
  readonly qualifier: string
}

/**
 * The published version or alias that a call names. `refusal` says what is wrong with `$LATEST`.
 * @throws AwsError InvalidParameterValueException, ResourceNotFoundException
 */
export function findPublished(
  state: LambdaState,
  { input, refusal }: { readonly input: FunctionInput; readonly refusal: string },
  context: LambdaContext,
): Published {
  const { name, qualifier = latestQualifier } = readReference(input, context)
  if (qualifier === latestQualifier) throw invalidParameter(refusal)
  const owner = state.functions.get(name)
  if (owner && versionOf(owner, qualifier)) return { owner, qualifier }
  const arn = functionArn(context, name, qualifier)
  throw isVersionNumber(qualifier) ? functionNotFound(arn) : aliasNotFound(arn)
}

/** Provisioned concurrency as AWS answers it: environments start with their first call here, so all are ready at once. */
export function describeProvisioned({ requested, lastModified }: ProvisionedConcurrency) {
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: requested,
    AllocatedProvisionedConcurrentExecutions: requested,
    Status: 'READY',
    LastModified: formatTime(lastModified),
  } as const
}
