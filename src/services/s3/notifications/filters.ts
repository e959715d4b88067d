import type { KeyRule, StoredNotification } from '../state.ts'

/** A notification's conditions: which events, of which keys. */
export type NotificationFilter = Pick<StoredNotification, 'events' | 'rules'>

/**
 * Whether a notification is about an event of a key.
 * @param eventName e.g. `s3:ObjectCreated:Put`
 * @param key as the object is called, not encoded
 */
export function isNotifiedOf({ events, rules }: NotificationFilter, eventName: string, key: string): boolean {
  return (
    events.some(event => coversEvent(event, eventName)) &&
    key.startsWith(ruleValue(rules, 'prefix')) &&
    key.endsWith(ruleValue(rules, 'suffix'))
  )
}

/**
 * The events that two notifications share where one key could make both be told, as S3 names them:
 * `s3:ObjectCreated:*, s3:ObjectCreated:Put`; `undefined` where they never meet.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 */
export function findOverlap(left: NotificationFilter, right: NotificationFilter): string | undefined {
  const prefixes = [ruleValue(left.rules, 'prefix'), ruleValue(right.rules, 'prefix')] as const
  const suffixes = [ruleValue(left.rules, 'suffix'), ruleValue(right.rules, 'suffix')] as const
  const isNested = (
    one: string,
    other: string,
    contains: (whole: string, part: string) => boolean,
  ): boolean => contains(one, other) || contains(other, one)
  if (!isNested(...prefixes, (whole, part) => whole.startsWith(part))) return undefined
  if (!isNested(...suffixes, (whole, part) => whole.endsWith(part))) return undefined
  for (const one of left.events) {
    const other = right.events.find(event => coversEvent(one, event) || coversEvent(event, one))
    if (other !== undefined) return `${one}, ${other}`
  }
  return undefined
}

/** Whether an event of a configuration, which may end in `*`, is or covers an event. */
function coversEvent(configured: string, event: string): boolean {
  if (!configured.endsWith(':*')) return configured === event
  return event.startsWith(configured.slice(0, -1))
}

function ruleValue(rules: readonly KeyRule[], name: KeyRule['name']): string {
  return rules.find(rule => rule.name === name)?.value ?? ''
}
