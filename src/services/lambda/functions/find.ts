import type { OperationContext } from '../../../cloud/operation.ts'
import { functionNotFound } from '../errors.ts'
import type { Alias, FunctionVersion, LambdaFunction, LambdaState } from '../state.ts'
import { type FunctionReference, functionArn } from './reference.ts'

/** The qualifier of the version that changes. */
export const latestQualifier = '$LATEST'

type Where = Pick<OperationContext, 'accountId' | 'region'>

/** A function, and the version that a qualifier names. */
export interface FoundVersion {
  readonly owner: LambdaFunction
  readonly version: FunctionVersion
  /** The alias by which it was named. */
  readonly alias: Alias | undefined
}

/**
 * Finds a function whatever the qualifier.
 * @throws AwsError ResourceNotFoundException
 */
export function findFunction(
  state: LambdaState,
  { name, qualifier }: FunctionReference,
  context: Where,
): LambdaFunction {
  const owner = state.functions.get(name)
  if (!owner) throw functionNotFound(functionArn(context, name, qualifier))
  return owner
}

/**
 * Finds the version that a reference names; of an alias, the version that it points to first.
 * @throws AwsError ResourceNotFoundException
 */
export function findVersion(state: LambdaState, reference: FunctionReference, context: Where): FoundVersion {
  const owner = findFunction(state, reference, context)
  const found = versionOf(owner, reference.qualifier)
  if (!found) throw functionNotFound(functionArn(context, reference.name, reference.qualifier))
  return found
}

/** The version that a qualifier names, or `undefined`. */
export function versionOf(owner: LambdaFunction, qualifier: string | undefined): FoundVersion | undefined {
  if (qualifier === undefined || qualifier === latestQualifier) {
    return { owner, version: owner.latest, alias: undefined }
  }
  const alias = owner.aliases.get(qualifier)
  const version = owner.versions.get(alias?.version ?? qualifier)
  return version && { owner, version, alias }
}

/** Every version of a function: `$LATEST`, then the published ones in order. */
export function allVersions(owner: LambdaFunction): FunctionVersion[] {
  return [owner.latest, ...owner.versions.values()]
}
