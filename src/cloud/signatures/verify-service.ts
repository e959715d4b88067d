import { headerOf } from '../../wire/http.ts'
import { type IdentifyingParts, shownCredentials } from '../caller.ts'
import type { Exchange } from '../exchange.ts'
import { credentialErrors } from '../refusals.ts'
import type { AnyService } from '../service.ts'
import { canonicalRequests, type SignedRequest, sha256 } from './canonical-request.ts'
import {
  type Claim,
  headerClaim,
  parseCredential,
  queryClaim,
  readDate,
  type Scheme,
  type Signature,
} from './claim.ts'
import { refuseExpiredUrl } from './presigned-expiry.ts'
import { maxSkewMilliseconds } from './request-time.ts'
import { secretOf } from './secrets.ts'
import { type ServiceSignatureErrors, serviceSignatureErrors } from './service-errors.ts'
import { holdBody } from './signed-body.ts'
import { algorithm, formatScope, isSame, sign, signingKey, terminal } from './signing-key.ts'

/** A request on its way to be checked. */
interface Checked {
  readonly parts: IdentifyingParts
  readonly exchange: Exchange
  readonly service: AnyService
  readonly request: SignedRequest
}

/**
 * Checks the signature of a request to a service other than S3; its body is read whole.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 * @throws AwsError MissingAuthenticationToken, IncompleteSignature, and SignatureDoesNotMatch or InvalidSignatureException
 */
export async function verifyService(checked: Checked, scheme: Scheme): Promise<void> {
  const { exchange, parts, service, request } = checked
  const errors = serviceSignatureErrors(service)
  if (scheme !== 'header-v4' && scheme !== 'query-v4') throw errors.missing()
  const { wire } = exchange
  const claim = scheme === 'header-v4' ? headerClaim(wire) : queryClaim(wire)
  const signature = readClaim(claim, headerOf(wire.headers, 'authorization') ?? '', errors)
  requireScope(signature, service, errors)
  const now = parts.clock.now()
  if (scheme === 'query-v4') refuseExpiredUrl(wire, now)
  else if (Math.abs(signature.time - now) > maxSkewMilliseconds) throw errors.skewed(signature.time, now)

  const { sessionToken } = shownCredentials(wire, exchange.signer)
  const shown = { accessKeyId: signature.accessKeyId, token: sessionToken }
  const secret = await secretOf(shown, parts, credentialErrors(service))
  const body = await holdBody(wire.body)
  exchange.wire = { ...wire, body }
  const payloadHash = sha256(await body.bytes())
  const { signedHeaders, scope, date } = signature
  const [canonical = ''] = canonicalRequests(request, { signedHeaders, payloadHash }, service.id)
  const toSign = `${algorithm}\n${date}\n${formatScope(scope)}\n${sha256(canonical)}`
  const expected = sign(signingKey(secret, scope), toSign)
  if (!isSame(expected, signature.signature)) throw errors.mismatch(canonical, toSign)
}

function readClaim(claim: Claim, authorization: string, errors: ServiceSignatureErrors): Signature {
  const { credential, signedHeaders, signature } = claim
  const when = readDate(claim.date)
  const parsed = credential === undefined ? undefined : parseCredential(credential)
  const faults = [
    ...missing('Credential', credential),
    ...missing('Signature', signature),
    ...missing('SignedHeaders', signedHeaders),
    ...(when ? [] : ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]),
    ...(credential && !parsed
      ? ['Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term,']
      : []),
  ]
  const isWhole = parsed && signature && signedHeaders && when && faults.length === 0
  if (!isWhole) throw errors.incomplete(faults, authorization)
  const { accessKeyId, scope } = parsed
  if (parsed.terminal !== terminal)
    throw errors.wrongScope(`Credential should be scoped with a valid terminator: '${terminal}'.`)
  return { accessKeyId, scope, signedHeaders: signedHeaders.split(';'), signature, ...when }
}

function missing(name: string, value: string | undefined): string[] {
  return value ? [] : [`Authorization header requires '${name}' parameter.`]
}

function requireScope(
  { scope, date, signedHeaders }: Signature,
  { id }: AnyService,
  errors: ServiceSignatureErrors,
): void {
  if (scope.service !== id)
    throw errors.wrongScope(`Credential should be scoped to correct service: '${id}'.`)
  if (!date.startsWith(scope.day))
    throw errors.wrongScope(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.day}' != '${date.slice(0, 8)}', from '${date}'.`,
    )
  if (!signedHeaders.includes('host'))
    throw errors.wrongScope("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
}
