import type { AwsError } from '../../../core/aws-error.ts'
import { invalidArgument, invalidRequest, s3Error } from '../errors.ts'

const argument = 'x-amz-server-side-encryption'

/** A customer's key that is wrong by itself, in AWS's words. */
export function invalidCustomerKey(message: string, value?: string): AwsError {
  return invalidArgument(message, argument, value)
}

/** S3 knows one way to use a customer's key. */
export function invalidEncryptionAlgorithm(algorithm: string): AwsError {
  const message = 'The Encryption request you specified is not valid. Supported value: AES256.'
  return s3Error(400, 'InvalidEncryptionAlgorithmError', message, {
    ArgumentName: argument,
    ArgumentValue: algorithm,
  })
}

/** An object that cannot be read without its writer's key. */
export function customerKeyMissing(): AwsError {
  return invalidRequest(
    'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
  )
}

/** A key for an object that has none. */
export function customerKeyNotApplicable(): AwsError {
  return invalidRequest('The encryption parameters are not applicable to this object.')
}

/** Another key than the object's. */
export function wrongCustomerKey(): AwsError {
  const message =
    'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.'
  return s3Error(403, 'AccessDenied', message)
}

/** A part without the key that its upload began with. */
export function partNeedsCustomerKey(): AwsError {
  return invalidRequest(
    'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
  )
}

/** A part with another key than its upload's. */
export function partHasOtherKey(): AwsError {
  return invalidRequest('The provided encryption parameters did not match the ones used originally.')
}

/** A bucket that takes no customer's keys. */
export function customerKeysBlocked(): AwsError {
  return s3Error(403, 'AccessDenied', 'Access Denied')
}
