import { invalidArgument } from '../errors.ts'

/** An opaque token for the place where a listing goes on. */
export function encodeToken(place: string): string {
  return Buffer.from(place).toString('base64url')
}

/**
 * The place that a token stands for.
 * @throws AwsError InvalidArgument for what `encodeToken` never gave
 */
export function decodeToken(token: string): string {
  const place = Buffer.from(token, 'base64url').toString()
  if (token !== '' && encodeToken(place) === token) return place
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token')
}
