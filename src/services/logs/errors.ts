import { AwsError } from '../../core/aws-error.ts'

/** A parameter that AWS does not take, in AWS's words. */
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message, { statusCode: 400 })
}

/** One or more constraints of the API model do not hold; `failures` in AWS's wording. */
export function constraintsFailed(failures: readonly string[]): AwsError {
  const noun = failures.length === 1 ? 'error' : 'errors'
  return invalidParameter(`${failures.length} validation ${noun} detected: ${failures.join('; ')}`)
}

/** A number that is no integer. */
export function wrongType(): AwsError {
  return new AwsError('SerializationException', 'NUMBER_VALUE can not be converted to a Long', {
    statusCode: 400,
  })
}

/** A group's or stream's name of more characters than AWS takes. */
export function nameTooLong(): AwsError {
  return invalidParameter('Invalid LogGroup or LogStream, both must have length less than or equal to 512.')
}

/** Parameters that exclude each other. */
export function mutuallyExclusive(message: string): AwsError {
  return new AwsError('ValidationException', message, { statusCode: 400 })
}

/** The group is not there. */
export function groupNotFound(): AwsError {
  return notFound('The specified log group does not exist.')
}

/** The stream is not there. */
export function streamNotFound(): AwsError {
  return notFound('The specified log stream does not exist.')
}

/** The resource of an ARN is not there. */
export function resourceNotFound(): AwsError {
  return notFound('The specified resource does not exist.')
}

/** The resource policy is not there. */
export function policyNotFound(name: string): AwsError {
  return notFound(`Policy with name [${name}] does not exist.`)
}

/** A group or stream of that name is there already. */
export function alreadyExists(what: 'group' | 'stream'): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `The specified log ${what} already exists`, {
    statusCode: 400,
  })
}

/** A token that this cloud did not give, or more than a day ago. */
export function invalidToken(): AwsError {
  return invalidParameter('The specified nextToken is invalid.')
}

/** No more resource policies fit. */
export function limitExceeded(): AwsError {
  return new AwsError('LimitExceededException', 'Resource limit exceeded.', { statusCode: 400 })
}

/** A group's class does not have the operation. */
export function wrongClass(group: string, logGroupClass: string, operation: string): AwsError {
  return new AwsError(
    'InvalidOperationException',
    `The log group ${group} is of log-group-class ${logGroupClass}. ${operation} is not supported for this log class.`,
    { statusCode: 400 },
  )
}

/** The group's deletion protection stands in the way. */
export function deletionProtected(): AwsError {
  return new AwsError(
    'ValidationException',
    'The log group cannot be deleted because deletion protection is enabled.',
    { statusCode: 400 },
  )
}

/** More tags than a resource may have. */
export function tooManyTags(resourceName: string): AwsError {
  return new AwsError(
    'TooManyTagsException',
    'The maximum number of tags allowed per resource has been exceeded.',
    { statusCode: 400, members: { resourceName } },
  )
}

/** A pattern that cannot be read; `reason` in AWS's words where AWS says one. */
export function invalidPattern(reason = 'Invalid filter pattern'): AwsError {
  return invalidParameter(reason)
}

/** A word of a pattern that must stand in double quotes. */
export function invalidTerm(term: string): AwsError {
  return invalidPattern(`Invalid filter pattern: Invalid character(s) in term '${term}'`)
}

/** An option of an operation that is otherwise there. */
export function optionNotImplemented(option: string): AwsError {
  return new AwsError('NotImplemented', `${option} is not implemented by this cloud`, { statusCode: 501 })
}

/** The function of a subscription filter is not there, or its policy does not let CloudWatch Logs in. */
export function unreachableFunction(): AwsError {
  return invalidParameter(
    'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
  )
}

/** The subscription filter is not there. */
export function filterNotFound(): AwsError {
  return notFound('The specified subscription filter does not exist.')
}

/** Other classes than Standard have no filters. */
export function onlyStandard(): AwsError {
  return new AwsError('ValidationException', 'This operation is only supported on the Standard log class.', {
    statusCode: 400,
  })
}

/** A session of Live Tail has lasted three hours. */
export function sessionTimeout(): AwsError {
  return new AwsError('SessionTimeoutException', 'The session has expired.', { statusCode: 400 })
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { statusCode: 400 })
}
