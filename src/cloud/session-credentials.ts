import type { Clock } from '../core/clock.ts'
import type { IdSource } from '../core/ids.ts'
import { issueAccessKeyId } from './accounts.ts'
import type { OperationContext } from './operation.ts'

/** Whom temporary credentials act as. */
export interface Session {
  /** e.g. `arn:aws:sts::000000000000:assumed-role/lambda-role/procesar-csv` */
  readonly arn: string
  readonly userId: string
  /** A policy that narrows what the session may do, as JSON. */
  readonly policy?: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** What credentials are asked for: whom, where, and how long. */
export interface SessionRequest {
  readonly accountId: string
  readonly arn: string
  readonly userId: string
  readonly durationSeconds: number
  readonly policy?: string | undefined
}

/** Temporary credentials in the shape that STS answers. */
export interface SessionCredentials {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken: string
  readonly Expiration: Date
}

/** Issues temporary credentials; their token says whom they act as, so that any account's state can read it. */
export function issueCredentials(
  request: SessionRequest,
  { clock, ids }: { readonly clock: Clock; readonly ids: IdSource },
): SessionCredentials {
  const expiresAt = Math.floor(clock.now() / 1000) * 1000 + request.durationSeconds * 1000
  const { arn, userId, policy } = request
  const session: Session = { arn, userId, ...(policy !== undefined && { policy }), expiresAt }
  return {
    AccessKeyId: issueAccessKeyId(request.accountId, 'temporary', ids),
    SecretAccessKey: Buffer.from(ids.hex(60), 'hex').toString('base64'),
    SessionToken: Buffer.from(JSON.stringify(session)).toString('base64'),
    Expiration: new Date(expiresAt),
  }
}

/** The session that a request's token names, or `undefined` when it carries none of ours. */
export function sessionOf({ request }: Pick<OperationContext, 'request'>): Session | undefined {
  const token = request.headers['x-amz-security-token']
  return typeof token === 'string' ? readSession(token) : undefined
}

/** The session that a token names, or `undefined` when it is none of ours. */
export function readSession(token: string): Session | undefined {
  const text = Buffer.from(token, 'base64').toString('utf8')
  return text.startsWith('{"arn":') ? parseSession(text) : undefined
}

function parseSession(text: string): Session | undefined {
  try {
    const value = JSON.parse(text) as Partial<Session>
    const isWhole =
      typeof value.arn === 'string' && typeof value.userId === 'string' && typeof value.expiresAt === 'number'
    return isWhole ? (value as Session) : undefined
  } catch {
    // A token of somebody else: the key alone decides, as for any key that this cloud did not issue.
    return undefined
  }
}
