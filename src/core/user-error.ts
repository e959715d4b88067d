/** Process exit codes, the contract of every command (docs/exit-codes). */
export const exitCodes = { passed: 0, failed: 1, usage: 2, environment: 3, bug: 4 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** What a person must know of a failure: one sentence with the cause, one command that helps. */
export interface UserErrorFacts {
  /** Stable identifier, e.g. `port-busy`. */
  readonly code: string
  /** The cause, in the user's language. */
  readonly message: string
  /** A command to run next, e.g. `npm run cloud port 4600`. */
  readonly nextStep: string
  /** 2 when the words were wrong, 3 when the machine is. */
  readonly exitCode: typeof exitCodes.usage | typeof exitCodes.environment
  readonly cause?: unknown
}

/** An error for people: the command line prints it without a stack and ends with its exit code. */
export class UserError extends Error {
  readonly code: string
  readonly nextStep: string
  readonly exitCode: UserErrorFacts['exitCode']

  constructor(facts: UserErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = 'UserError'
    this.code = facts.code
    this.nextStep = facts.nextStep
    this.exitCode = facts.exitCode
  }
}
