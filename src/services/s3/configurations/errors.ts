import type { AwsError } from '../../../core/aws-error.ts'
import { s3Error } from '../errors.ts'

/** The bucket has no configuration of this name. */
export function noSuchConfiguration(): AwsError {
  return s3Error(404, 'NoSuchConfiguration', 'The specified configuration does not exist.')
}

/** The bucket has as many configurations of a kind as it may. */
export function tooManyConfigurations(): AwsError {
  const message =
    'You are attempting to create a new configuration but have already reached the 1,000-configuration limit.'
  return s3Error(400, 'TooManyConfigurations', message)
}

/** An inventory has another name than the address that it was sent to. */
export function idMismatch(): AwsError {
  return s3Error(400, 'IdMismatch', 'Document ID does not match the specified configuration ID.')
}

/** An inventory goes to a bucket, by its ARN. */
export function invalidInventoryDestination(): AwsError {
  return s3Error(400, 'InvalidS3DestinationBucket', 'Invalid bucket ARN.')
}
