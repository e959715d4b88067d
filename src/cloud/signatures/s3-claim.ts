import type { AwsError } from '../../core/aws-error.ts'
import type { WireRequest } from '../../wire/http.ts'
import { type Claim, parseCredential, readDate, type Signature } from './claim.ts'
import { accessDenied, authorizationHeaderMalformed, authorizationQueryParametersError } from './errors.ts'
import { parseAmzDate } from './request-time.ts'
import { terminal } from './signing-key.ts'

/** Longest time that a presigned URL is good for, in seconds: a week. */
const maxExpiresSeconds = 604_800
const credentialForm = 'expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".'

type Refuse = (fault: string, members?: Readonly<Record<string, string>>) => AwsError

/**
 * Reads an Authorization header as S3 does; `region` is the only one that will do, where there is one.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 * @throws AwsError AuthorizationHeaderMalformed, AccessDenied
 */
export function readHeaderClaim(claim: Claim, region: string | undefined): Signature {
  const { credential, signedHeaders, signature } = claim
  if (!credential || !signedHeaders || !signature) {
    throw authorizationHeaderMalformed(
      'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
    )
  }
  const when = readDate(claim.date)
  if (!when) throw accessDenied('AWS authentication requires a valid Date or x-amz-date header')
  const { accessKeyId, scope } = readCredential(credential, region, authorizationHeaderMalformed)
  if (!when.date.startsWith(scope.day)) {
    throw authorizationHeaderMalformed(
      `Invalid credential date "${scope.day}". This date is not the same as X-Amz-Date: "${when.date.slice(0, 8)}".`,
    )
  }
  return { accessKeyId, scope, signedHeaders: signedHeaders.split(';'), signature, ...when }
}

/**
 * Reads a presigned URL's parameters as S3 does.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @throws AwsError AuthorizationQueryParametersError
 */
export function readQueryClaim(
  claim: Claim,
  { query, region }: { readonly query: WireRequest['query']; readonly region: string | undefined },
): Signature {
  const { credential, signedHeaders, signature, date } = claim
  const isWhole = credential && signedHeaders && signature && date && query.has('X-Amz-Expires')
  if (!isWhole || !query.has('X-Amz-Algorithm')) {
    throw authorizationQueryParametersError(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    )
  }
  if (query.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') {
    throw authorizationQueryParametersError(
      'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
    )
  }
  checkExpires(query.get('X-Amz-Expires') ?? '')
  const time = parseAmzDate(date)
  if (time === undefined) {
    throw authorizationQueryParametersError(
      "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
    )
  }
  const refuse: Refuse = (fault, members) =>
    authorizationQueryParametersError(`Error parsing the X-Amz-Credential parameter; ${fault}`, members)
  const { accessKeyId, scope } = readCredential(credential, region, refuse)
  if (!date.startsWith(scope.day)) {
    const day = date.slice(0, 8)
    throw refuse(`Invalid credential date "${scope.day}". This date is not the same as X-Amz-Date: "${day}".`)
  }
  return { accessKeyId, scope, signedHeaders: signedHeaders.split(';'), signature, date, time }
}

/**
 * Refuses a time that no presigned URL may be good for.
 * @throws AwsError AuthorizationQueryParametersError
 */
export function checkExpires(expires: string): void {
  if (!/^-?\d+$/.test(expires)) throw authorizationQueryParametersError('X-Amz-Expires should be a number')
  const seconds = Number(expires)
  if (seconds < 0) throw authorizationQueryParametersError('X-Amz-Expires must be non-negative')
  if (seconds > maxExpiresSeconds) {
    throw authorizationQueryParametersError(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${maxExpiresSeconds} seconds`,
    )
  }
}

/** Reads a credential's scope, which must be S3's, in the bucket's region. */
export function readCredential(
  credential: string,
  region: string | undefined,
  refuse: Refuse,
): Pick<Signature, 'accessKeyId' | 'scope'> {
  const parsed = parseCredential(credential)
  if (!parsed) throw refuse(`the Credential is mal-formed; ${credentialForm}`)
  const { accessKeyId, scope } = parsed
  if (scope.service !== 's3') {
    throw refuse(`incorrect service "${scope.service}". This endpoint belongs to "s3".`)
  }
  if (parsed.terminal !== terminal) {
    throw refuse(`incorrect terminal "${parsed.terminal}". This endpoint uses "${terminal}".`)
  }
  if (region !== undefined && scope.region !== region) {
    throw refuse(`the region '${scope.region}' is wrong; expecting '${region}'`, { Region: region })
  }
  return { accessKeyId, scope }
}
