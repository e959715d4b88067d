import type { TargetAnswer, TargetQuestion } from '../../../cloud/questions.ts'
import type { ServiceAccess } from '../../../cloud/service.ts'
import { versionOf } from '../functions/find.ts'
import { parseFunctionArn } from '../functions/target-arn.ts'
import type { LambdaLive } from '../live.ts'
import type { LambdaState } from '../state.ts'
import { acceptsService } from './accepts.ts'

/** Tells whether a service may invoke a function; says nothing of targets that are no functions. */
export function answerTarget(
  question: TargetQuestion,
  { platform }: ServiceAccess<LambdaState, LambdaLive>,
): TargetAnswer | undefined {
  const target = parseFunctionArn(question.targetArn)
  if (!target) return undefined
  const owner = platform.stateOf(target.accountId, target.region).functions.get(target.name)
  if (!owner || !versionOf(owner, target.qualifier)) return { accepts: false, reason: 'absent' }
  return acceptsService(owner, target.qualifier, question)
    ? { accepts: true }
    : { accepts: false, reason: 'forbidden' }
}
