/** Exit codes of the AWS CLI, version 1. */
export const exitStatus = {
  success: 0,
  /** `s3`: a transfer failed; `s3 ls`: nothing there. */
  incomplete: 1,
  /** Arguments that could not be read; `s3`: files were left out with a warning. */
  usage: 2,
  failure: 255,
} as const

/** Arguments that the command line's grammar refuses; shown below the usage, exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Options that an operation does not have; shown below the usage, exit 255 as the AWS CLI does. */
export class UnknownOptionsError extends Error {
  override readonly name = 'UnknownOptionsError'
}

/** Anything else that ends a command: one message on standard error, exit 255. */
export class CommandFailure extends Error {
  override readonly name: string = 'CommandFailure'
}

/** A value that an option does not take, e.g. shorthand syntax that does not parse. */
export class ParameterError extends CommandFailure {
  override readonly name = 'ParameterError'

  constructor(option: string, reason: string) {
    super(`Error parsing parameter '${option}': ${reason}`)
  }
}

/** What the facts of a refused AWS call are, in the AWS CLI's words. */
export interface ServiceFailureFacts {
  /** AWS's error code, e.g. `NoSuchBucket`; a status as text where the answer had no body, e.g. `404`. */
  readonly code: string
  readonly operation: string
  readonly reason: string
  readonly statusCode: number
  /** Retries after the first try that were made before giving up; 0 when none. */
  readonly retries: number
  readonly cause?: unknown
}

/** A call that AWS refused. */
export class ServiceFailure extends CommandFailure {
  override readonly name = 'ServiceFailure'
  readonly code: string
  readonly statusCode: number
  readonly facts: ServiceFailureFacts

  constructor(facts: ServiceFailureFacts) {
    const retried = facts.retries > 0 ? ` (reached max retries: ${facts.retries})` : ''
    super(
      `An error occurred (${facts.code}) when calling the ${facts.operation} operation${retried}: ${facts.reason}`,
    )
    this.code = facts.code
    this.statusCode = facts.statusCode
    this.facts = facts
    this.cause = facts.cause
  }
}
