import { createHmac, timingSafeEqual } from 'node:crypto'
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

/** With what this cloud seals the credentials that it issues, so that nobody else can make any. */
export interface CredentialSeal {
  /** 32 secret bytes; another cloud's after a snapshot of it was read. */
  key: Buffer
}

/** Bytes of the seal that a token begins with. */
const sealBytes = 32

/** Makes the seal of a new cloud. */
export function createSeal(ids: IdSource): CredentialSeal {
  return { key: Buffer.from(ids.hex(64), 'hex') }
}

/** What issuing credentials needs of the cloud. */
interface Issuer {
  readonly clock: Clock
  readonly ids: IdSource
  readonly seal: CredentialSeal
}

/**
 * Issues temporary credentials. Their token says whom they act as, and their secret follows from key and token, so
 * that they can be checked without being kept.
 */
export function issueCredentials(request: SessionRequest, { clock, ids, seal }: Issuer): SessionCredentials {
  const expiresAt = Math.floor(clock.now() / 1000) * 1000 + request.durationSeconds * 1000
  const { arn, userId, policy } = request
  const session: Session = { arn, userId, ...(policy !== undefined && { policy }), expiresAt }
  const AccessKeyId = issueAccessKeyId(request.accountId, 'temporary', ids)
  const text = Buffer.from(JSON.stringify(session))
  const SessionToken = Buffer.concat([sealOf(seal, AccessKeyId, text), text]).toString('base64')
  return {
    AccessKeyId,
    SecretAccessKey: temporarySecret(seal, AccessKeyId, SessionToken),
    SessionToken,
    Expiration: new Date(expiresAt),
  }
}

/** The secret of temporary credentials: 40 characters, as AWS's. */
export function temporarySecret({ key }: CredentialSeal, accessKeyId: string, token: string): string {
  const digest = createHmac('sha256', key).update(`secret/${accessKeyId}/${token}`).digest()
  return digest.subarray(0, 30).toString('base64')
}

function sealOf({ key }: CredentialSeal, accessKeyId: string, text: Buffer): Buffer {
  return createHmac('sha256', key).update(`token/${accessKeyId}/`).update(text).digest()
}

/** The session that a request's token names, or `undefined` when it carries none of ours. */
export function sessionOf({
  request,
  seal,
}: Pick<OperationContext, 'request' | 'seal'>): Session | undefined {
  const token = request.headers['x-amz-security-token']
  return typeof token === 'string' ? readSession(seal, request.accessKeyId, token) : undefined
}

/** The session that a key's token names, or `undefined` when this cloud did not issue it for that key. */
export function readSession(seal: CredentialSeal, accessKeyId: string, token: string): Session | undefined {
  const bytes = Buffer.from(token, 'base64')
  if (bytes.length <= sealBytes) return undefined
  const text = bytes.subarray(sealBytes)
  if (!timingSafeEqual(sealOf(seal, accessKeyId, text), bytes.subarray(0, sealBytes))) return undefined
  return JSON.parse(text.toString('utf8')) as Session
}
