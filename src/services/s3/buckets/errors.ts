import type { AwsError } from '../../../core/aws-error.ts'
import { s3Error } from '../errors.ts'

/** A bucket that blocks nothing of public access. */
export function noSuchPublicAccessBlock(bucket: string): AwsError {
  const message = 'The public access block configuration was not found'
  return s3Error(404, 'NoSuchPublicAccessBlockConfiguration', message, { BucketName: bucket })
}

/** A bucket without ownership controls. */
export function noOwnershipControls(bucket: string): AwsError {
  const message = 'The bucket ownership controls were not found'
  return s3Error(404, 'OwnershipControlsNotFoundError', message, { BucketName: bucket })
}

/** A name with periods fits no certificate of the accelerated endpoint. */
export function accelerationNeedsPlainName(): AwsError {
  const message = 'S3 Transfer Acceleration is not supported for buckets with periods (.) in their names'
  return s3Error(400, 'InvalidRequest', message)
}

/** A log cannot go to a bucket that is not there. */
export function noBucketForLog(targetBucket: string): AwsError {
  const message = 'The target bucket for logging does not exist'
  return s3Error(400, 'InvalidTargetBucketForLogging', message, { TargetBucket: targetBucket })
}

/** A log cannot go to another account. */
export function logOfOtherOwner(targetBucket: string): AwsError {
  const message = 'The owner for the bucket to be logged and the target bucket must be the same.'
  return s3Error(400, 'InvalidTargetBucketForLogging', message, { TargetBucket: targetBucket })
}

/**
 * A log cannot go to another region. The code is spelt as AWS answers it, with two t's, not as its list of errors has
 * it. Source: localstack/localstack, test_put_bucket_logging_cross_locations, recorded from AWS
 */
export function logOfOtherRegion(region: string, targetRegion: string): AwsError {
  return s3Error(403, 'CrossLocationLoggingProhibitted', 'Cross S3 location logging not allowed. ', {
    ...(region !== 'us-east-1' && { SourceBucketLocation: region }),
    TargetBucketLocation: targetRegion,
  })
}

/** What a request was to make public, and the setting of the bucket that keeps it from it. */
export interface BlockedChange {
  /** E.g. `s3:PutBucketPolicy`. */
  readonly action: string
  /** ARN of the bucket or object. */
  readonly resource: string
  readonly setting: 'BlockPublicAcls' | 'BlockPublicPolicy'
}

/** The bucket blocks public ACLs or policies, and this one is. */
export function publicAccessBlocked(change: BlockedChange, callerArn: string): AwsError {
  const { action, resource, setting } = change
  const blocked = setting === 'BlockPublicPolicy' ? 'public policies' : 'public access control lists (ACLs)'
  const reason = `because ${blocked} are blocked by the ${setting} block public access setting.`
  const message = `User: ${callerArn} is not authorized to perform: ${action} on resource: "${resource}" ${reason}`
  return s3Error(403, 'AccessDenied', message)
}
