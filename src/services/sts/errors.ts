import { AwsError } from '../../core/aws-error.ts'

/** One or more constraints of the API model do not hold; `failures` in AWS's wording. */
export function validationError(failures: readonly string[]): AwsError {
  const noun = failures.length === 1 ? 'error' : 'errors'
  return new AwsError(
    'ValidationError',
    `${failures.length} validation ${noun} detected: ${failures.join('; ')}`,
    {
      statusCode: 400,
    },
  )
}

/** An ARN that is not one of a role. */
export function invalidRoleArn(arn: string): AwsError {
  return new AwsError('ValidationError', `${arn} is invalid`, { statusCode: 400 })
}

/** A session that is to last longer than its role lets sessions last. */
export function sessionTooLong(): AwsError {
  return new AwsError(
    'ValidationError',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    { statusCode: 400 },
  )
}

/** A session policy that is none. */
export function malformedPolicyDocument(fault: string): AwsError {
  return new AwsError('MalformedPolicyDocument', fault, { statusCode: 400 })
}

/** The temporary credentials of the caller have run out. */
export function expiredToken(): AwsError {
  return new AwsError('ExpiredToken', 'The security token included in the request is expired', {
    statusCode: 403,
  })
}
