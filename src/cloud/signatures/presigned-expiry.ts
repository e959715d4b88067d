import type { WireRequest } from '../../wire/http.ts'
import { accessDenied, requestExpired } from './errors.ts'
import { formatIsoSecond, maxSkewMilliseconds, parseAmzDate } from './request-time.ts'
import { checkExpires } from './s3-claim.ts'

/**
 * Refuses a presigned URL after its time, or long before it; what cannot be read is left to the check of signatures.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html#PresignedUrl-Expiration
 * @throws AwsError AccessDenied, AuthorizationQueryParametersError
 */
export function refuseExpiredUrl({ query }: WireRequest, now: number): void {
  const signedAt = parseAmzDate(query.get('X-Amz-Date') ?? '')
  const seconds = query.get('X-Amz-Expires')
  if (signedAt !== undefined) {
    if (signedAt > now + maxSkewMilliseconds) throw accessDenied('Request is not yet valid')
    const expiresAt = signedAt + Number(seconds) * 1000
    if (expiresAt < now)
      throw requestExpired({ 'X-Amz-Expires': seconds, Expires: formatIsoSecond(expiresAt) }, now)
    if (seconds !== undefined) checkExpires(seconds)
    return
  }
  const expires = Number(query.get('Expires'))
  if (query.has('AWSAccessKeyId') && expires * 1000 < now)
    throw requestExpired({ Expires: formatIsoSecond(expires * 1000) }, now)
}
