import { groupArn } from '../groups/arn.ts'
import type { LiveTail } from '../live-tail/live-tail.ts'
import { deliverToSubscribers, type StoredBatch, type SubscriptionPlace } from '../subscriptions/deliver.ts'

/** Shows events that have just been stored to whoever follows their group. */
export function announceEvents(batch: StoredBatch, place: SubscriptionPlace, live: LiveTail): void {
  const { group, stream, events } = batch
  live.publish({ groupArn: groupArn(group.name, place), streamName: stream.name, events })
  deliverToSubscribers(batch, place)
}
