import type { Random } from '../../../core/random.ts'
import { versionOf } from '../functions/find.ts'
import type { FunctionVersion, LambdaFunction } from '../state.ts'

/** The version that a call runs. */
export interface CallTarget {
  readonly owner: LambdaFunction
  readonly version: FunctionVersion
  /** As it was called, with its qualifier. */
  readonly invokedArn: string
}

/** Finds the version that a call runs; an alias with two versions draws one. Gives `undefined` when there is none. */
export function chooseTarget(
  owner: LambdaFunction,
  qualifier: string | undefined,
  random: Random,
): CallTarget | undefined {
  const found = versionOf(owner, qualifier)
  if (!found) return undefined
  const additional = found.alias?.additional
  const other =
    additional && random.next() < additional.weight ? owner.versions.get(additional.version) : undefined
  const invokedArn = qualifier === undefined ? owner.arn : `${owner.arn}:${qualifier}`
  return { owner, version: other ?? found.version, invokedArn }
}
