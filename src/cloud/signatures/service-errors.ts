import { AwsError } from '../../core/aws-error.ts'
import type { ServiceModel } from '../../wire/model.ts'
import { formatAmzDate, maxSkewMilliseconds } from './request-time.ts'

/** What of a service its errors depend on. */
interface SignedService {
  readonly model: ServiceModel
}

/** What is wrong with a signature, as the services other than S3 word it. */
export interface ServiceSignatureErrors {
  missing(): AwsError
  incomplete(faults: readonly string[], authorization: string): AwsError
  mismatch(canonicalRequest: string, stringToSign: string): AwsError
  wrongScope(fault: string): AwsError
  skewed(requestTime: number, now: number): AwsError
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html */
export function serviceSignatureErrors({ model }: SignedService): ServiceSignatureErrors {
  const isQuery = model.protocol === 'query'
  const statusCode = model.protocol.startsWith('awsJson') ? 400 : 403
  const suffix = isQuery ? '' : 'Exception'
  const invalid = (message: string) =>
    new AwsError(isQuery ? 'SignatureDoesNotMatch' : 'InvalidSignatureException', message, { statusCode })
  return {
    missing: () =>
      new AwsError(`MissingAuthenticationToken${suffix}`, 'Missing Authentication Token', { statusCode }),
    incomplete: (faults, authorization) =>
      new AwsError(`IncompleteSignature${suffix}`, [...faults, `Authorization=${authorization}`].join(' '), {
        statusCode: 400,
      }),
    mismatch: (canonicalRequest, stringToSign) => invalid(mismatchMessage(canonicalRequest, stringToSign)),
    wrongScope: invalid,
    skewed: (requestTime, now) => invalid(skewMessage(requestTime, now)),
  }
}

function mismatchMessage(canonicalRequest: string, stringToSign: string): string {
  return `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.

The Canonical String for this request should have been
'${canonicalRequest}'

The String-to-Sign should have been
'${stringToSign}'
`
}

function skewMessage(requestTime: number, now: number): string {
  const [given, server] = [formatAmzDate(requestTime), formatAmzDate(now)]
  return requestTime < now
    ? `Signature expired: ${given} is now earlier than ${formatAmzDate(now - maxSkewMilliseconds)} (${server} - 15 min.)`
    : `Signature not yet current: ${given} is still later than ${formatAmzDate(now + maxSkewMilliseconds)} (${server} + 15 min.)`
}
