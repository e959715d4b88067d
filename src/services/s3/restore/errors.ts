import type { AwsError } from '../../../core/aws-error.ts'
import { invalidArgument, invalidRequest, s3Error } from '../errors.ts'

/** An object that is in no archive. */
export function nothingToRestore(storageClass: string): AwsError {
  const message = "Restore is not allowed for the object's current storage class"
  return s3Error(403, 'InvalidObjectState', message, { StorageClass: storageClass })
}

/** A restoration that is under way. */
export function restoreInProgress(): AwsError {
  return s3Error(409, 'RestoreAlreadyInProgress', 'Object restore is already in progress')
}

/** A restoration for no time at all. */
export function tooFewDays(days: number): AwsError {
  return invalidArgument('Restoration days should be at least 1', 'Days', days)
}

/** The deep archive cannot be read fast. */
export function tierNotSupported(): AwsError {
  return invalidRequest('Retrieval option is not supported by this storage class')
}
