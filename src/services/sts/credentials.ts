import type { Credentials } from '@aws-sdk/client-sts'
import { issueAccessKeyId } from '../../cloud/accounts.ts'
import type { OperationContext } from '../../cloud/operation.ts'

/** Whom temporary credentials act as. */
export interface Session {
  readonly arn: string
  readonly userId: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** What credentials are asked for: whom, where, and how long. */
export interface SessionRequest {
  readonly accountId: string
  readonly arn: string
  readonly userId: string
  readonly durationSeconds: number
}

/** Issues temporary credentials; their token says whom they act as, so that any account's state can read it. */
export function issueCredentials(request: SessionRequest, context: OperationContext): Credentials {
  const expiresAt = Math.floor(context.clock.now() / 1000) * 1000 + request.durationSeconds * 1000
  const session: Session = { arn: request.arn, userId: request.userId, expiresAt }
  return {
    AccessKeyId: issueAccessKeyId(request.accountId, 'temporary', context.ids),
    SecretAccessKey: Buffer.from(context.ids.hex(60), 'hex').toString('base64'),
    SessionToken: Buffer.from(JSON.stringify(session)).toString('base64'),
    Expiration: new Date(expiresAt),
  }
}

/** The session that a request's token names, or `undefined` when it carries none of ours. */
export function sessionOf({ request }: OperationContext): Session | undefined {
  const token = request.headers['x-amz-security-token']
  if (typeof token !== 'string') return undefined
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
