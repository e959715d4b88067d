import type { AwsError } from '../../../core/aws-error.ts'
import { invalidRequest, s3Error } from '../errors.ts'

/** A bucket that is not replicated. */
export function noSuchReplication(bucket: string): AwsError {
  const message = 'The replication configuration was not found'
  return s3Error(404, 'ReplicationConfigurationNotFoundError', message, { BucketName: bucket })
}

/** Only versioned buckets are replicated. */
export function replicationNeedsVersioning(): AwsError {
  return invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration")
}

/** A rule with a filter must say a member that older rules do without. */
export function ruleNeeds(member: string): AwsError {
  return invalidRequest(
    `${member} must be specified for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.`,
  )
}
