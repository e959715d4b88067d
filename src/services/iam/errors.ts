import { AwsError } from '../../core/aws-error.ts'

/** Constraints of the API model that do not hold; `failures` in AWS's wording. */
export function constraintErrors(failures: readonly string[]): AwsError {
  const noun = failures.length === 1 ? 'error' : 'errors'
  return validationError(`${failures.length} validation ${noun} detected: ${failures.join('; ')}`)
}

/** An input that cannot be what it should, or a caller that must say more. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message, { statusCode: 400 })
}

/** An input that is well formed and wrong nevertheless. */
export function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInput', message, { statusCode: 400 })
}

/** Something that is not there. */
export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, { statusCode: 404 })
}

/** A name that is taken. */
export function entityAlreadyExists(message: string): AwsError {
  return new AwsError('EntityAlreadyExists', message, { statusCode: 409 })
}

/** Something that others still need. */
export function deleteConflict(message: string): AwsError {
  return new AwsError('DeleteConflict', message, { statusCode: 409 })
}

/** One more than a quota allows. */
export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceeded', message, { statusCode: 409 })
}

/** A quota by AWS's name for it, e.g. `RolesPerAccount`. */
export function quotaExceeded(quota: string, maximum: number): AwsError {
  return limitExceeded(`Cannot exceed quota for ${quota}: ${maximum}`)
}

/** A policy document that AWS would not take. */
export function malformedPolicyDocument(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message, { statusCode: 400 })
}

/** A role that only the service that owns it may change. */
export function protectedRole(name: string): AwsError {
  return new AwsError(
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
    { statusCode: 400 },
  )
}

/** A policy of AWS's own, which nobody else may change. */
export function foreignPolicy(): AwsError {
  return new AwsError('AccessDenied', 'Policy is outside your own account.', { statusCode: 403 })
}
