import { functionNotFound, functionPending } from '../errors.ts'
import { type CallTarget, chooseTarget } from '../invocation/target.ts'
import type { LambdaContext } from '../operation.ts'
import type { LambdaState } from '../state.ts'
import { findFunction } from './find.ts'
import { type FunctionReference, functionArn } from './reference.ts'

/**
 * Finds what a call runs; a function that is still being created cannot run.
 * @throws AwsError ResourceNotFoundException, ResourceConflictException
 */
export function findCallTarget(
  state: LambdaState,
  reference: FunctionReference,
  context: LambdaContext,
): CallTarget {
  const owner = findFunction(state, reference, context)
  const target = chooseTarget(owner, reference.qualifier, context.random)
  if (!target) throw functionNotFound(functionArn(context, reference.name, reference.qualifier))
  const { activation } = target.version
  if (activation.state !== 'Active') throw functionPending(activation.state)
  return target
}
