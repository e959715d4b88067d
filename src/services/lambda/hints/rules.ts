import type { HintRule } from '../../../cloud/hints/hint.ts'
import type { LambdaState } from '../state.ts'
import { eventRules } from './events.ts'
import { failureRules } from './failures.ts'
import { functionRules } from './functions.ts'

/** Mistakes with Lambda that show in the timeline. */
export const hints: readonly HintRule<LambdaState>[] = [...failureRules, ...eventRules, ...functionRules]
