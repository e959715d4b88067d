import { deliveryEvent } from '../../../cloud/deliveries.ts'
import type { OperationContext } from '../../../cloud/operation.ts'
import { hostIdOf } from '../../../core/ids.ts'
import { s3Arn } from '../buckets/arn.ts'
import type { Bucket, StoredNotification } from '../state.ts'
import { s3Principal } from './destinations.ts'
import { describeChange, type NotifiedChange, writeNotification } from './event-record.ts'
import { isNotifiedOf } from './filters.ts'

/** Tells the targets that want to know of a change; each hears of it after the operation has answered. */
export function notifyTargets(change: NotifiedChange, context: OperationContext): void {
  const { bucket, eventName, key } = change
  const told = (bucket.notifications?.notifications ?? []).filter(each =>
    isNotifiedOf(each, `s3:${eventName}`, key),
  )
  if (told.length === 0) return
  const record = describeChange(change, context)
  for (const { id, targetArn } of told) {
    const message = {
      targetArn,
      payload: writeNotification(record, id),
      subject: `${eventName} ${bucket.name}/${key}`,
    }
    deliver(message, bucket, context)
  }
}

/** Sends a queue or a topic the message that says that it will be told; a function gets none. */
export function sendTestEvent(
  { kind, targetArn }: StoredNotification,
  bucket: Bucket,
  context: OperationContext,
): void {
  if (kind === 'function') return
  const { request, clock } = context
  const payload = JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(clock.now()).toISOString(),
    Bucket: bucket.name,
    RequestId: request.id,
    HostId: hostIdOf(request.id),
  })
  deliver({ targetArn, payload, subject: `TestEvent ${bucket.name}` }, bucket, context)
}

function deliver(
  message: { readonly targetArn: string; readonly payload: string; readonly subject: string },
  { name, region, ownerAccountId: accountId }: Bucket,
  { clock, events, request }: OperationContext,
): void {
  const traceId = request.headers['x-amzn-trace-id']
  const source = {
    principal: s3Principal,
    sourceArn: s3Arn(name),
    sourceAccount: accountId,
    ...(typeof traceId === 'string' && { traceId }),
  }
  events.emit(deliveryEvent({ ...message, ...source }, { accountId, region, time: clock.now() }))
}
