import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a signature of version 4 is good for: a day, a region and a service. */
export interface Scope {
  /** `yyyymmdd` */
  readonly day: string
  readonly region: string
  readonly service: string
}

/** Name of the algorithm, with which strings to sign begin. */
export const algorithm = 'AWS4-HMAC-SHA256'
/** How a scope ends. */
export const terminal = 'aws4_request'

/** A scope as it is written, e.g. `20261123/us-east-1/s3/aws4_request`. */
export function formatScope({ day, region, service }: Scope): string {
  return `${day}/${region}/${service}/${terminal}`
}

/**
 * The key that a secret gives for a scope.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#derive-signing-key
 */
export function signingKey(secret: string, { day, region, service }: Scope): Buffer {
  const ofDay = createHmac('sha256', `AWS4${secret}`).update(day).digest()
  return [region, service, terminal].reduce(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    ofDay,
  )
}

/** Signs a text: 64 hexadecimal digits. */
export function sign(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text, 'latin1').digest('hex')
}

/** Compares signatures in a time that tells nothing of them. */
export function isSame(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}
