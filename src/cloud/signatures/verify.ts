import type { Exchange } from '../exchange.ts'
import type { AnyService } from '../service.ts'
import { schemeOf } from './claim.ts'
import { refuseExpiredUrl } from './presigned-expiry.ts'
import { type VerifyingParts, verifyS3 } from './verify-s3.ts'
import { verifyService } from './verify-service.ts'

/**
 * Checks a request's signature as its service does.
 * @throws AwsError what the service answers when the signature is not right
 */
export async function verifySignature(
  parts: VerifyingParts,
  exchange: Exchange,
  service: AnyService,
): Promise<void> {
  const { address, wire, request: incoming } = exchange
  const request = {
    method: wire.method,
    path: address.path,
    query: address.query,
    rawHeaders: incoming.rawHeaders,
  }
  const scheme = schemeOf(wire)
  const checked = { parts, exchange, service, request }
  if (service.id !== 's3') return verifyService(checked, scheme)
  if (scheme === 'query-v2' || scheme === 'query-v4') refuseExpiredUrl(wire, parts.clock.now())
  return verifyS3(checked, scheme)
}
