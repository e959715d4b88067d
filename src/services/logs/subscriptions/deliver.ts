import { gzipSync } from 'node:zlib'
import { deliveryEvent } from '../../../cloud/deliveries.ts'
import type { EventPort } from '../../../cloud/events.ts'
import { formatPosition } from '../events/position.ts'
import { groupArn } from '../groups/arn.ts'
import { subscriptions } from '../limits.ts'
import { compilePattern } from '../patterns/pattern.ts'
import type { LogGroup, LogStream, StoredEvent, SubscriptionFilter } from '../state.ts'

/** Events that have just been stored, and where. */
export interface StoredBatch {
  readonly group: LogGroup
  readonly stream: LogStream
  readonly events: readonly StoredEvent[]
}

/** The account and region that they are of, and the way to their subscribers. */
export interface SubscriptionPlace {
  readonly accountId: string
  readonly region: string
  readonly events: EventPort
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Sends what matches a group's subscription filters to their functions. */
export function deliverToSubscribers(batch: StoredBatch, place: SubscriptionPlace): void {
  for (const filter of batch.group.subscriptionFilters.values()) {
    const pattern = compilePattern(filter.pattern)
    const matching = batch.events.filter(({ message }) => pattern.matches(message))
    for (const events of cutBatches(matching)) send({ ...batch, events }, filter, place)
  }
}

function send(batch: StoredBatch, filter: SubscriptionFilter, place: SubscriptionPlace): void {
  const { accountId, region, now } = place
  const { group, stream } = batch
  const data = gzipSync(JSON.stringify(describeBatch(batch, filter, accountId))).toString('base64')
  const delivery = {
    targetArn: filter.destinationArn,
    principal: filter.principal,
    sourceArn: `${groupArn(group.name, place)}:*`,
    sourceAccount: accountId,
    payload: JSON.stringify({ awslogs: { data } }),
    subject: `${filter.name} ${group.name}/${stream.name}`,
  }
  place.events.emit(deliveryEvent(delivery, { accountId, region, time: now }))
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample */
function describeBatch({ group, stream, events }: StoredBatch, filter: SubscriptionFilter, owner: string) {
  return {
    messageType: 'DATA_MESSAGE',
    owner,
    logGroup: group.name,
    logStream: stream.name,
    subscriptionFilters: [filter.name],
    logEvents: events.map(event => ({
      id: formatPosition(event),
      timestamp: event.timestamp,
      message: event.message,
    })),
  }
}

/** As many events as fit into one invocation, even if they do not shrink. */
function* cutBatches(events: readonly StoredEvent[]): Generator<readonly StoredEvent[]> {
  let start = 0
  let bytes = 0
  for (const [index, event] of events.entries()) {
    if (index > start && bytes + event.bytes > subscriptions.batchBytes) {
      yield events.slice(start, index)
      start = index
      bytes = 0
    }
    bytes += event.bytes + subscriptions.eventBytes
  }
  if (start < events.length) yield events.slice(start)
}
