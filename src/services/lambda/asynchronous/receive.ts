import type { Delivery } from '../../../cloud/deliveries.ts'
import type { CloudEvent } from '../../../cloud/events.ts'
import type { ServiceAccess } from '../../../cloud/service.ts'
import { versionOf } from '../functions/find.ts'
import { parseFunctionArn } from '../functions/target-arn.ts'
import type { LambdaLive } from '../live.ts'
import { acceptsService } from '../policies/accepts.ts'
import type { LambdaState } from '../state.ts'

/** Takes in an event that another service delivers, when the function's policy lets it; else shows that it did not. */
export function receiveDelivery(
  { detail, accountId }: CloudEvent,
  { platform, live }: ServiceAccess<LambdaState, LambdaLive>,
): void {
  const delivery = detail as unknown as Delivery
  const target = parseFunctionArn(delivery.targetArn)
  const owner = target && platform.stateOf(target.accountId, target.region).functions.get(target.name)
  const mayInvoke =
    owner && versionOf(owner, target.qualifier) && acceptsService(owner, target.qualifier, delivery)
  if (mayInvoke) {
    const { payload, subject } = delivery
    live.queue.enqueue(owner, {
      requestId: platform.ids.uuid(),
      qualifier: target.qualifier,
      payload,
      subject,
    })
    return
  }
  platform.show({
    time: platform.clock.now(),
    service: 'lambda',
    operation: target?.name ?? delivery.targetArn,
    resource: delivery.subject,
    status: owner ? 403 : 404,
    milliseconds: 0,
    accountId,
    invocation: { cause: 'event', outcome: 'undelivered' },
  })
}
