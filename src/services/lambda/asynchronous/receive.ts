import type { Delivery } from '../../../cloud/deliveries.ts'
import type { CloudEvent } from '../../../cloud/events.ts'
import type { ServiceAccess } from '../../../cloud/service.ts'
import { versionOf } from '../functions/find.ts'
import { parseFunctionArn } from '../functions/target-arn.ts'
import type { LambdaLive } from '../live.ts'
import { acceptsService } from '../policies/accepts.ts'
import type { LambdaFunction, LambdaState } from '../state.ts'
import { type ContinuedTrace, continueTrace, maxLoopInvocations } from './loops.ts'

/**
 * Takes in an event that another service delivers, when the function's policy lets it and the function did not cause it
 * itself over and over; else shows that it did not.
 */
export function receiveDelivery(
  { detail, accountId, region }: CloudEvent,
  { platform, live }: ServiceAccess<LambdaState, LambdaLive>,
): void {
  const delivery = detail as unknown as Delivery
  const target = parseFunctionArn(delivery.targetArn)
  const owner = target && platform.stateOf(target.accountId, target.region).functions.get(target.name)
  const trace = delivery.traceId && owner ? continueTrace(delivery.traceId, owner.arn) : undefined
  const refusal = whyRefused({ owner, qualifier: target?.qualifier, delivery, trace })
  if (owner && refusal === undefined) {
    const { payload, subject } = delivery
    const requestId = platform.ids.uuid()
    const { qualifier } = target
    live.queue.enqueue(owner, { requestId, qualifier, payload, subject, traceId: trace?.traceId })
    return
  }
  platform.show({
    time: platform.clock.now(),
    service: 'lambda',
    operation: target?.name ?? delivery.targetArn,
    resource: delivery.subject,
    status: refusal ?? 404,
    milliseconds: 0,
    accountId: target?.accountId ?? accountId,
    region: target?.region ?? region,
    invocation: {
      cause: 'event',
      outcome: 'undelivered',
      ...(refusal === 508 && trace && { chain: trace.invocations }),
    },
  })
}

/** A delivery at its function. */
interface Arrival {
  readonly owner: LambdaFunction | undefined
  readonly qualifier: string | undefined
  readonly delivery: Delivery
  readonly trace: ContinuedTrace | undefined
}

/** The HTTP status that says best why a function does not get a delivery; `undefined` when it does. */
function whyRefused({ owner, qualifier, delivery, trace }: Arrival): 403 | 404 | 508 | undefined {
  if (owner === undefined) return 404
  if (!versionOf(owner, qualifier) || !acceptsService(owner, qualifier, delivery)) return 403
  // DIFFERS: AWS also tells an on-failure destination of the event that ended a loop.
  const isLoop = trace !== undefined && trace.invocations > maxLoopInvocations
  return isLoop && owner.recursiveLoop !== 'Allow' ? 508 : undefined
}
