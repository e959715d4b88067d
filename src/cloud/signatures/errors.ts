import { AwsError } from '../../core/aws-error.ts'
import { formatIsoSecond, maxSkewMilliseconds } from './request-time.ts'

type Members = Readonly<Record<string, string | number | undefined>>

/** How S3 words what is wrong with a signature. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */

/** An Authorization header that cannot be read, or whose scope is another one. */
export function authorizationHeaderMalformed(fault: string, members: Members = {}): AwsError {
  const message = `The authorization header is malformed; ${fault}`
  return new AwsError('AuthorizationHeaderMalformed', message, { statusCode: 400, ...regionFacts(members) })
}

/** A presigned URL whose parameters cannot be read. */
export function authorizationQueryParametersError(message: string, members: Members = {}): AwsError {
  return new AwsError('AuthorizationQueryParametersError', message, {
    statusCode: 400,
    ...regionFacts(members),
  })
}

/** Clients find the region that they should have used in a header as well. */
function regionFacts(members: Members): { members: Members; headers?: Record<string, string> } {
  return {
    members,
    ...(members.Region !== undefined && { headers: { 'x-amz-bucket-region': String(members.Region) } }),
  }
}

/** An argument of the authorization that is wrong by itself. */
export function invalidAuthorization(message: string, value: string | undefined): AwsError {
  return new AwsError('InvalidArgument', message, {
    statusCode: 400,
    members: { ArgumentName: 'Authorization', ArgumentValue: value },
  })
}

/** A request that is refused without a word on its signature. */
export function accessDenied(message = 'Access Denied', members: Members = {}): AwsError {
  return new AwsError('AccessDenied', message, { statusCode: 403, members })
}

/** A presigned URL after its time. */
export function requestExpired(members: Members, now: number): AwsError {
  return accessDenied('Request has expired', { ...members, ServerTime: formatIsoSecond(now) })
}

/** The client's clock and the cloud's are too far apart; SDKs set theirs by the answer's date. */
export function requestTimeTooSkewed(requestTime: string, now: number): AwsError {
  return new AwsError(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    {
      statusCode: 403,
      members: {
        RequestTime: requestTime,
        ServerTime: formatIsoSecond(now),
        MaxAllowedSkewMilliseconds: maxSkewMilliseconds,
      },
      headers: { date: new Date(now).toUTCString() },
    },
  )
}

/** What was compared when a signature did not match. */
export interface Mismatch {
  readonly accessKeyId: string
  readonly stringToSign: string
  readonly signatureProvided: string
  readonly canonicalRequest?: string
}

/** The signature is not the one that the secret gives; the answer shows what was signed here. */
export function signatureDoesNotMatch(mismatch: Mismatch): AwsError {
  const { accessKeyId, stringToSign, signatureProvided, canonicalRequest } = mismatch
  return new AwsError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    {
      statusCode: 403,
      members: {
        AWSAccessKeyId: accessKeyId,
        StringToSign: stringToSign,
        SignatureProvided: signatureProvided,
        StringToSignBytes: hexPairs(stringToSign),
        ...(canonicalRequest !== undefined && {
          CanonicalRequest: canonicalRequest,
          CanonicalRequestBytes: hexPairs(canonicalRequest),
        }),
      },
    },
  )
}

function hexPairs(text: string): string {
  return (Buffer.from(text, 'latin1').toString('hex').match(/../g) ?? []).join(' ')
}

/** Headers that change what a request means and were not signed. */
export function headersNotSigned(names: readonly string[]): AwsError {
  return accessDenied('There were headers present in the request which were not signed', {
    HeadersNotSigned: names.join(', '),
  })
}

/** A request to S3 must say what its body's hash is. */
export function contentHashMissing(): AwsError {
  const message = 'Missing required header for this request: x-amz-content-sha256'
  return new AwsError('InvalidRequest', message, { statusCode: 400 })
}

/** A hash of the body that is none. */
export function contentHashInvalid(value: string): AwsError {
  const message =
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.'
  return new AwsError('InvalidArgument', message, {
    statusCode: 400,
    members: { ArgumentName: 'x-amz-content-sha256', ArgumentValue: value },
  })
}

/** The body is not the one whose hash was signed. */
export function contentHashMismatch(claimed: string, computed: string): AwsError {
  return new AwsError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    {
      statusCode: 400,
      members: { ClientComputedContentSHA256: claimed, S3ComputedContentSHA256: computed },
    },
  )
}

/** Signatures with asymmetric keys (SigV4A). */
// DIFFERS: requests signed with SigV4A are refused with 501 where signatures are checked.
export function asymmetricSignature(): AwsError {
  return new AwsError('NotImplemented', 'AWS4-ECDSA-P256-SHA256 is not implemented by this cloud', {
    statusCode: 501,
  })
}
