/** What an AWS error carries besides its code and message. */
export interface AwsErrorFacts {
  /** HTTP status, 3xx–5xx. */
  readonly statusCode: number
  /** Extra members of the error body in wire order, e.g. `{ BucketName: 'b' }` for S3's NoSuchBucket. */
  readonly members?: Readonly<Record<string, string | number | undefined>>
  /** Extra response headers, lower case. */
  readonly headers?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

/** An error that AWS itself would answer, with AWS's code and wording; the gateway puts it on the wire. */
export class AwsError extends Error {
  readonly code: string
  readonly statusCode: number
  readonly members: Readonly<Record<string, string | number | undefined>>
  readonly headers: Readonly<Record<string, string>>

  constructor(code: string, message: string, facts: AwsErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = code
    this.code = code
    this.statusCode = facts.statusCode
    this.members = facts.members ?? {}
    this.headers = facts.headers ?? {}
  }
}
