import type { Operation, OperationContext } from '../../cloud/operation.ts'
import type { Answer } from './functions/configuration.ts'
import type { LambdaLive } from './live.ts'
import type { LambdaState } from './state.ts'

/** An operation of Lambda; its output's members that do not apply are left out or `undefined`. */
export type LambdaOperation<Input, Output> = Operation<LambdaState, Input, Answer<Output>, LambdaLive>

/** What an operation of Lambda works with besides state and input. */
export type LambdaContext = OperationContext<LambdaLive>
