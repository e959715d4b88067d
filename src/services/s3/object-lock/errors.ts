import type { AwsError } from '../../../core/aws-error.ts'
import { invalidArgument, invalidRequest, s3Error } from '../errors.ts'

/** Something that only buckets with object lock have was asked of one without. */
export function objectLockMissing(): AwsError {
  return invalidRequest('Bucket is missing Object Lock Configuration')
}

/** A bucket without object lock. */
export function noObjectLockConfiguration(bucket: string): AwsError {
  const message = 'Object Lock configuration does not exist for this bucket'
  return s3Error(404, 'ObjectLockConfigurationNotFoundError', message, { BucketName: bucket })
}

/** An object without the retention or the legal hold that was asked for. */
export function noLockOnObject(): AwsError {
  const message = 'The specified object does not have a ObjectLock configuration'
  return s3Error(404, 'NoSuchObjectLockConfiguration', message)
}

/** Object lock is for versioned buckets. */
export function lockNeedsVersioning(): AwsError {
  const message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
  return s3Error(409, 'InvalidBucketState', message)
}

/** Versioning stays on where object lock is. */
export function lockKeepsVersioning(): AwsError {
  const message =
    'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.'
  return s3Error(409, 'InvalidBucketState', message)
}

/** A version that may not be deleted, or whose retention may not be made weaker. */
export function protectedByLock(): AwsError {
  return s3Error(403, 'AccessDenied', 'Access Denied because object protected by object lock.')
}

/** A retention that has ended already; AWS shows the date as its machines in Seattle write it. */
export function retentionInPast(name: string, date: Date): AwsError {
  return invalidArgument('The retain until date must be in the future!', name, pacificTime(date))
}

/** A date as Java's `Date.toString` has it there, e.g. `Tue Dec 31 16:00:00 PST 2019`. */
function pacificTime(date: Date): string {
  const parts = new Map(pacific.formatToParts(date).map(({ type, value }) => [type, value]))
  const [weekday, month, day, hour, minute, second, zone, year] = [
    'weekday',
    'month',
    'day',
    'hour',
    'minute',
    'second',
    'timeZoneName',
    'year',
  ].map(type => parts.get(type as Intl.DateTimeFormatPartTypes))
  return `${weekday} ${month} ${day} ${hour}:${minute}:${second} ${zone} ${year}`
}

const pacific = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  weekday: 'short',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
  year: 'numeric',
  hourCycle: 'h23',
})
