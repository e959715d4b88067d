import { AwsError } from '../../core/aws-error.ts'

/** Members besides code and message; AWS writes the message in upper case for some errors and in lower case for others. */
function lambdaError(statusCode: number, code: string, message: string): AwsError {
  return new AwsError(code, message, { statusCode, members: { Type: 'User' } })
}

/** No such function, version or alias, with what was looked for. */
export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, {
    statusCode: 404,
    members: { Message: message, Type: 'User' },
  })
}

/** No such function or version. */
export function functionNotFound(arn: string): AwsError {
  return notFound(`Function not found: ${arn}`)
}

/** No such alias, in the words of the operations that need one. */
export function aliasNotFound(arn: string): AwsError {
  return notFound(`Cannot find alias arn: ${arn}`)
}

/** An argument that fits the model and still makes no sense. */
export function invalidParameter(message: string): AwsError {
  return lambdaError(400, 'InvalidParameterValueException', message)
}

/** Something exists already, or is being changed. */
export function resourceConflict(message: string): AwsError {
  return lambdaError(409, 'ResourceConflictException', message)
}

/** An update that is not over yet. */
export function updateInProgress(arn: string): AwsError {
  return resourceConflict(
    `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
  )
}

/** A function that is still being created. */
export function functionPending(state: string): AwsError {
  return resourceConflict(
    `The operation cannot be performed at this time. The function is currently in the following state: ${state}`,
  )
}

/** A revision id that is not the last one; `source` is the call that tells it. */
export function revisionMismatch(source: string): AwsError {
  return lambdaError(
    412,
    'PreconditionFailedException',
    `The Revision Id provided does not match the latest Revision Id. Call the ${source} API to retrieve the latest Revision Id`,
  )
}

/** One or more constraints of the API model do not hold; `failures` in AWS's wording. */
export function validationException(failures: readonly string[]): AwsError {
  return new AwsError('ValidationException', validationMessage(failures), { statusCode: 400 })
}

/** AWS's words for constraints that do not hold. */
export function validationMessage(failures: readonly string[]): string {
  const noun = failures.length === 1 ? 'error' : 'errors'
  return `${failures.length} validation ${noun} detected: ${failures.join('; ')}`
}

/** A zip or a request that is too large. */
export function requestEntityTooLarge(message: string): AwsError {
  return new AwsError('RequestEntityTooLargeException', message, { statusCode: 413 })
}

/** A payload that is no JSON. */
export function invalidRequestContent(detail: string): AwsError {
  return lambdaError(
    400,
    'InvalidRequestContentException',
    `Could not parse request body into json: Could not parse payload into json: ${detail}`,
  )
}

/** A call that waited for its environment when the cloud was stopped: AWS's error for what is not the caller's fault. */
export class CloudStopping extends AwsError {
  constructor() {
    super('ServiceException', 'The cloud is stopping.', { statusCode: 500, members: { Type: 'Server' } })
  }
}

/** Why a call found no room. */
export type ThrottleReason =
  | 'ConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'

/** No room for another call. */
export function tooManyRequests(reason: ThrottleReason): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
    statusCode: 429,
    members: { Reason: reason, Type: 'User' },
  })
}

/** Another account's function that its policy does not give. */
export function accessDenied(message: string | undefined): AwsError {
  return new AwsError('AccessDeniedException', message ?? '', {
    statusCode: 403,
    members: { Message: message },
  })
}

/** A policy that has become too long. */
export function policyTooLong(maximum: number): AwsError {
  return lambdaError(
    400,
    'PolicyLengthExceededException',
    `The final policy size (${maximum}) is bigger than the limit (20480).`,
  )
}

/** A function without provisioned concurrency. */
export function noProvisionedConcurrency(): AwsError {
  return lambdaError(
    404,
    'ProvisionedConcurrencyConfigNotFoundException',
    'No Provisioned Concurrency Config found for this function',
  )
}
