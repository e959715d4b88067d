import type {
  FilterRule,
  NotificationConfiguration,
  NotificationConfigurationFilter,
} from '@aws-sdk/client-s3'
import type { IdSource } from '../../../core/ids.ts'
import { invalidArgument, malformedXml } from '../errors.ts'
import { maxFilterValueBytes } from '../limits.ts'
import type { BucketNotifications, KeyRule, StoredNotification } from '../state.ts'
import { findOverlap } from './filters.ts'
import { isSupportedEvent } from './supported-events.ts'

/** One configuration of whatever kind, as it came. */
interface Configured {
  readonly kind: StoredNotification['kind']
  readonly id: string | undefined
  readonly targetArn: string | undefined
  readonly events: readonly string[] | undefined
  readonly filter: NotificationConfigurationFilter | undefined
}

/** How S3's errors and ARNs call each kind of target. */
const kinds = {
  topic: { element: 'Topic', service: 'sns' },
  queue: { element: 'Queue', service: 'sqs' },
  function: { element: 'CloudFunction', service: 'lambda' },
} as const

/**
 * Reads a bucket's notifications, and names those that come without an id.
 * @throws AwsError InvalidArgument, MalformedXML
 */
export function readConfiguration(
  configuration: NotificationConfiguration,
  { region, ids }: { readonly region: string; readonly ids: IdSource },
): BucketNotifications {
  const configured = listConfigured(configuration)
  for (const each of configured) validateArn(each)
  const notifications = configured.map(each => readNotification(each, ids))
  refuseRepeatedIds(notifications)
  refuseOverlaps(notifications)
  for (const each of notifications) validateRegion(each, region)
  return { notifications, eventBridge: configuration.EventBridgeConfiguration !== undefined }
}

function listConfigured(configuration: NotificationConfiguration): Configured[] {
  return [
    ...(configuration.TopicConfigurations ?? []).map(each => ({
      kind: 'topic' as const,
      id: each.Id,
      targetArn: each.TopicArn,
      events: each.Events,
      filter: each.Filter,
    })),
    ...(configuration.QueueConfigurations ?? []).map(each => ({
      kind: 'queue' as const,
      id: each.Id,
      targetArn: each.QueueArn,
      events: each.Events,
      filter: each.Filter,
    })),
    ...(configuration.LambdaFunctionConfigurations ?? []).map(each => ({
      kind: 'function' as const,
      id: each.Id,
      targetArn: each.LambdaFunctionArn,
      events: each.Events,
      filter: each.Filter,
    })),
  ]
}

function validateArn({ kind, targetArn, events }: Configured): void {
  if (targetArn === undefined || events === undefined || events.length === 0) throw malformedXml()
  const { element, service } = kinds[kind]
  const [arn, partition = '', targetService, region, accountId, ...resource] = targetArn.split(':')
  const isWhole = arn === 'arn' && partition.startsWith('aws') && targetService === service
  if (isWhole && region && accountId && resource.join(':') !== '') return
  throw invalidArgument('The ARN could not be parsed', element, targetArn)
}

function readNotification(configured: Configured, ids: IdSource): StoredNotification {
  const { kind, id, targetArn = '', events = [], filter } = configured
  return {
    id: id || Buffer.from(ids.uuid()).toString('base64'),
    kind,
    targetArn,
    events: events.map(event => {
      if (isSupportedEvent(event)) return event
      throw invalidArgument('The event is not supported for notifications', 'Event', event)
    }),
    rules: readRules(filter?.Key?.FilterRules ?? []),
  }
}

function readRules(rules: readonly FilterRule[]): KeyRule[] {
  const read = rules.map(readRule)
  for (const name of ['prefix', 'suffix'] as const) {
    const values = read.filter(rule => rule.name === name).map(({ value }) => value)
    if (values.length < 2) continue
    const message = `Cannot specify more than one ${name} rule in a filter.`
    throw invalidArgument(message, 'FilterRule.Name', name)
  }
  return read
}

function readRule({ Name, Value }: FilterRule): KeyRule {
  if (Name === undefined || Value === undefined) throw malformedXml()
  const name = Name.toLowerCase()
  if (name !== 'prefix' && name !== 'suffix') {
    throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', Name)
  }
  if (Buffer.byteLength(Value) > maxFilterValueBytes) {
    const message = `Size of filter rule value cannot exceed ${maxFilterValueBytes} bytes in UTF-8 representation`
    throw invalidArgument(message, 'FilterRule.Value', Value)
  }
  return { name, value: Value }
}

function refuseRepeatedIds(notifications: readonly StoredNotification[]): void {
  const seen = new Set<string>()
  for (const { id } of notifications) {
    if (seen.has(id)) {
      throw invalidArgument('Same ID used for multiple configurations. IDs must be unique', 'Id', id)
    }
    seen.add(id)
  }
}

/** One event of one object may be told to one target only. */
function refuseOverlaps(notifications: readonly StoredNotification[]): void {
  for (const [index, left] of notifications.entries()) {
    for (const right of notifications.slice(index + 1)) {
      const events = findOverlap(left, right)
      if (events === undefined) continue
      const message =
        left.rules.length + right.rules.length === 0
          ? 'Configurations overlap. Configurations on the same bucket cannot share a common event type.'
          : 'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.'
      throw invalidArgument(message, 'Event', events)
    }
  }
}

function validateRegion({ kind, targetArn }: StoredNotification, bucketRegion: string): void {
  if (targetArn.split(':')[3] === bucketRegion) return
  const message =
    'The notification destination service region is not valid for the bucket location constraint'
  throw invalidArgument(message, kinds[kind].element, targetArn)
}
