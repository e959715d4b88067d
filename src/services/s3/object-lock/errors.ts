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
export function noLockOnObject(key: string): AwsError {
  const message = 'The specified object does not have a ObjectLock configuration'
  return s3Error(404, 'NoSuchObjectLockConfiguration', message, { Key: key })
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

/** A retention that has ended already. */
export function retentionInPast(name: string, date: Date): AwsError {
  return invalidArgument('The retain until date must be in the future!', name, date.toISOString())
}
