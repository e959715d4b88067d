import { headerOf, type WireRequest } from '../../wire/http.ts'
import { decodePathSegment } from '../../wire/uri.ts'
import { bucketOfHost, splitBucket } from '../address.ts'
import { type IdentifyingParts, shownCredentials } from '../caller.ts'
import { type Exchange, reopenBody } from '../exchange.ts'
import { credentialErrors } from '../refusals.ts'
import type { AnyService } from '../service.ts'
import { canonicalRequests, headerNames, type SignedRequest, sha256 } from './canonical-request.ts'
import { ChunkSignatures, type Seed } from './chunk-signatures.ts'
import { headerClaim, queryClaim, type Scheme, type Signature } from './claim.ts'
import {
  accessDenied,
  asymmetricSignature,
  contentHashInvalid,
  contentHashMissing,
  headersNotSigned,
  invalidAuthorization,
  requestTimeTooSkewed,
  signatureDoesNotMatch,
} from './errors.ts'
import { maxSkewMilliseconds, parseAmzDate } from './request-time.ts'
import { readHeaderClaim, readQueryClaim } from './s3-claim.ts'
import { secretOf } from './secrets.ts'
import { SignedBody } from './signed-body.ts'
import { algorithm, formatScope, isSame, sign, signingKey } from './signing-key.ts'
import { signVersion2, stringToSignVersion2 } from './version2.ts'

/** What checking needs of the cloud. */
export interface VerifyingParts extends IdentifyingParts {
  /** Whether permissions decide, also on those who show no credentials. */
  readonly enforceIam: boolean
}

/** A request to S3 on its way to be checked. */
export interface Checked {
  readonly parts: VerifyingParts
  readonly exchange: Exchange
  readonly service: AnyService
  readonly request: SignedRequest
}

/**
 * Checks the signature of a request to S3, and makes its body fail when it is not the signed one.
 * @throws AwsError SignatureDoesNotMatch, and S3's errors of authorizations that cannot be read or are out of time
 */
export async function verifyS3(checked: Checked, scheme: Scheme): Promise<void> {
  const { exchange, parts } = checked
  const authorization = headerOf(exchange.wire.headers, 'authorization')
  switch (scheme) {
    case 'none':
      // Without permissions that decide, nothing is public: what is not signed is refused.
      if (!parts.enforceIam && exchange.wire.method !== 'OPTIONS') throw accessDenied()
      return
    case 'both':
      throw invalidAuthorization(
        'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
        authorization,
      )
    case 'unknown':
      throw invalidAuthorization('Unsupported Authorization Type', authorization)
    case 'asymmetric':
      throw asymmetricSignature()
    case 'header-v2':
    case 'query-v2':
      return verifyVersion2(checked)
    default:
      return verifyVersion4(checked, scheme)
  }
}

async function verifyVersion4(checked: Checked, scheme: 'header-v4' | 'query-v4'): Promise<void> {
  const { exchange, parts, request } = checked
  const { wire } = exchange
  const region = await regionOfBucket(checked)
  const signature =
    scheme === 'header-v4'
      ? readHeaderClaim(headerClaim(wire), region)
      : readQueryClaim(queryClaim(wire), { query: wire.query, region })
  if (scheme === 'header-v4') requireNow(signature.date, parts.clock.now())
  requireSignedHeaders(request, signature)
  const contentHash = claimedHash(wire, scheme)
  const secret = await secretFor(checked, signature.accessKeyId)
  const key = signingKey(secret, signature.scope)
  requireMatch(checked, { signature, key, contentHash })
  const { accessKeyId, scope, date } = signature
  guardBody(exchange, contentHash, { accessKeyId, scope, date, key, signature: signature.signature })
}

function secretFor({ exchange, parts, service }: Checked, accessKeyId: string): Promise<string> {
  const { sessionToken } = shownCredentials(exchange.wire, exchange.signer)
  return secretOf({ accessKeyId, token: sessionToken }, parts, credentialErrors(service))
}

/** The region of the bucket that a request is for; `undefined` where any will do. */
export async function regionOfBucket({
  exchange,
  parts,
}: Pick<Checked, 'exchange' | 'parts'>): Promise<string | undefined> {
  const bucket = decodePathSegment(splitBucket(exchange.address).bucket)
  if (bucket === '' || exchange.wire.query.has('location')) return undefined
  return parts.events.ask('s3:regionOfBucket', { bucket })
}

function requireNow(date: string, now: number): void {
  const time = parseAmzDate(date) ?? 0
  if (Math.abs(time - now) > maxSkewMilliseconds) throw requestTimeTooSkewed(date, now)
}

/** The host and every `x-amz-…` header must be signed. */
function requireSignedHeaders(request: SignedRequest, { signedHeaders }: Signature): void {
  const names = headerNames(request).filter(
    name => name.startsWith('x-amz-') && !signedHeaders.includes(name),
  )
  if (!signedHeaders.includes('host')) names.unshift('host')
  if (names.length > 0) throw headersNotSigned(names)
}

/** The hash of the body as the client says it, or how it is signed instead. */
function claimedHash({ headers, query }: WireRequest, scheme: 'header-v4' | 'query-v4'): string {
  const given = headerOf(headers, 'x-amz-content-sha256')
  if (scheme === 'query-v4') return given ?? query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD'
  if (given === undefined) throw contentHashMissing()
  if (given.startsWith('STREAMING-AWS4-ECDSA-')) throw asymmetricSignature()
  if (!/^([0-9a-f]{64}|UNSIGNED-PAYLOAD)$/.test(given) && !streamedHashes.has(given))
    throw contentHashInvalid(given)
  return given
}

const streamedHashes = new Set([
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
])

function requireMatch(
  { request }: Checked,
  claim: { readonly signature: Signature; readonly key: Buffer; readonly contentHash: string },
): void {
  const { signature, key, contentHash } = claim
  const { accessKeyId, scope, date, signedHeaders } = signature
  const canonical = canonicalRequests(request, { signedHeaders, payloadHash: contentHash }, 's3')
  const toSign = canonical.map(text => `${algorithm}\n${date}\n${formatScope(scope)}\n${sha256(text)}`)
  if (toSign.some(text => isSame(sign(key, text), signature.signature))) return
  throw signatureDoesNotMatch({
    accessKeyId,
    stringToSign: toSign[0] ?? '',
    signatureProvided: signature.signature,
    canonicalRequest: canonical[0] ?? '',
  })
}

/** From here on the body fails when it is not the one that was signed. */
function guardBody(exchange: Exchange, contentHash: string, seed: Seed): void {
  const { wire } = exchange
  if (/^[0-9a-f]{64}$/.test(contentHash)) {
    exchange.wire = { ...wire, body: new SignedBody(wire.body, contentHash) }
  } else if (contentHash.startsWith('STREAMING-AWS4-HMAC-')) {
    const trailer = contentHash.endsWith('-TRAILER') ? 'signed-trailer' : 'no-trailer'
    exchange.wire = { ...wire, body: reopenBody(exchange, new ChunkSignatures(seed, trailer)) }
  }
}

async function verifyVersion2(checked: Checked): Promise<void> {
  const { exchange, parts, request } = checked
  const { wire, address, signer } = exchange
  const isPresigned = signer.authentication === 'presigned'
  const accessKeyId = signer.accessKeyId
  const given = isPresigned
    ? wire.query.get('Signature')
    : headerOf(wire.headers, 'authorization')?.split(':')[1]
  if (accessKeyId === undefined || given === undefined || (isPresigned && !wire.query.has('Expires')))
    throw accessDenied(
      'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
    )
  if (!isPresigned) requireNowVersion2(wire, parts.clock.now())
  const secret = await secretFor(checked, accessKeyId)
  const stringToSign = stringToSignVersion2(request, { wire, hostBucket: bucketOfHost(address.host) ?? '' })
  if (!isSame(signVersion2(secret, stringToSign), given))
    throw signatureDoesNotMatch({ accessKeyId, stringToSign, signatureProvided: given })
}

function requireNowVersion2({ headers }: WireRequest, now: number): void {
  const date = headerOf(headers, 'x-amz-date') ?? headerOf(headers, 'date') ?? ''
  const time = parseAmzDate(date) ?? Date.parse(date)
  // A time before 1970 is none.
  if (!(time >= 0)) throw accessDenied('AWS authentication requires a valid Date or x-amz-date header')
  if (Math.abs(time - now) > maxSkewMilliseconds) throw requestTimeTooSkewed(date, now)
}
