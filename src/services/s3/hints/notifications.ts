import type { HintRule } from '../../../cloud/hints/hint.ts'
import { parseArn } from '../../../core/arn.ts'
import { s3Arn } from '../buckets/arn.ts'
import { s3Principal } from '../notifications/destinations.ts'
import { isNotifiedOf } from '../notifications/filters.ts'
import type { S3State, StoredNotification } from '../state.ts'

/** What creates objects, and the event that it is told as. */
const creations: Readonly<Record<string, string>> = {
  PutObject: 's3:ObjectCreated:Put',
  PostObject: 's3:ObjectCreated:Post',
  CopyObject: 's3:ObjectCreated:Copy',
  CompleteMultipartUpload: 's3:ObjectCreated:CompleteMultipartUpload',
}

/** An object that nobody is told of though its key nearly fits a filter: `RAW/`, `.CSV`, a slash too many. */
const nearFilter: HintRule<S3State> = {
  id: 's3.filter-nearly-fits',
  on: 'success',
  operations: Object.keys(creations),
  find: ({ input, line }, { state }) => {
    const { Bucket: name, Key: key } = input ?? {}
    const notifications = state.buckets.get(String(name))?.notifications?.notifications ?? []
    const event = creations[line.operation]
    if (notifications.length === 0 || event === undefined || typeof key !== 'string') return undefined
    if (notifications.some(each => isNotifiedOf(each, event, key))) return undefined
    const near = notifications.find(each => isNotifiedOf(withPlainRules(each), event, plainKey(key)))
    if (near === undefined) return undefined
    const { prefix = '', suffix = '' } = rulesOf(near)
    return {
      facts: { key, prefix, suffix, target: targetName(near.targetArn) },
      tryIt: ['s3api', 'get-bucket-notification-configuration', '--bucket', String(name)],
    }
  },
}

function withPlainRules({ events, rules }: StoredNotification): Pick<StoredNotification, 'events' | 'rules'> {
  return { events, rules: rules.map(({ name, value }) => ({ name, value: plainKey(value) })) }
}

/** A key as somebody might think that filters read it. */
function plainKey(key: string): string {
  return key
    .toLowerCase()
    .replace(/^\/+/, '')
    .replace(/\/{2,}/g, '/')
}

function rulesOf({ rules }: StoredNotification): { prefix?: string; suffix?: string } {
  return Object.fromEntries(rules.map(({ name, value }) => [name, value]))
}

function targetName(arn: string): string {
  return parseArn(arn)?.resource.replace(/^function:/, '') ?? arn
}

/** A function must let S3 invoke it before a bucket can be told to. */
const notPermitted: HintRule<S3State> = {
  id: 's3.notification-not-permitted',
  on: 'failure',
  operations: ['PutBucketNotificationConfiguration'],
  codes: ['InvalidArgument'],
  find: ({ input, error }, { accountId }) => {
    const arn = /^Not authorized to invoke function \[(.+)\]$/.exec(
      String(error?.members.ArgumentValue1),
    )?.[1]
    if (arn === undefined) return undefined
    const bucket = String(input?.Bucket)
    return {
      facts: { bucket, target: targetName(arn) },
      tryIt: permissionFor(targetName(arn), bucket, accountId),
    }
  },
}

function permissionFor(target: string, bucket: string, accountId: string): string[] {
  const [name = '', qualifier] = target.split(':')
  return [
    ...['lambda', 'add-permission', '--function-name', name],
    ...(qualifier === undefined ? [] : ['--qualifier', qualifier]),
    ...['--statement-id', 's3', '--action', 'lambda:InvokeFunction', '--principal', s3Principal],
    ...['--source-arn', s3Arn(bucket), '--source-account', accountId],
  ]
}

/** Notifications that cannot be put, or that nobody gets. */
export const notificationRules = [nearFilter, notPermitted]
