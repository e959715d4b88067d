import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as iam from '@aws-sdk/client-iam'
import * as lambda from '@aws-sdk/client-lambda'
import * as s3 from '@aws-sdk/client-s3'
import * as sts from '@aws-sdk/client-sts'

/** The services of the cloud, by the SDK's package of each. */
export const sdks = { s3, sts, iam, lambda, logs } as const

export type ServiceId = keyof typeof sdks

/** First element of an error's schema in the SDK. */
const errorSchema = -3

interface ErrorTraits {
  readonly error?: 'client' | 'server'
  readonly httpError?: number
  readonly awsQueryError?: readonly [code: string, status: number]
}

/** The status of each error that a service's model declares; several services share names, so each has its own table. */
export const modelledStatuses: Readonly<Record<ServiceId, ReadonlyMap<string, number>>> = {
  s3: statusesOf(s3),
  sts: statusesOf(sts),
  iam: statusesOf(iam),
  lambda: statusesOf(lambda),
  logs: statusesOf(logs),
}

function statusesOf(sdk: object): Map<string, number> {
  const schemas = Object.values(sdk).filter(value => Array.isArray(value) && value[0] === errorSchema)
  return new Map(
    schemas.flatMap((schema: readonly [number, string, string, ErrorTraits | 0]) => {
      const traits = schema[3]
      if (traits === 0) return []
      const [code, status] = traits.awsQueryError ?? [
        schema[2],
        traits.httpError ?? (traits.error === 'server' ? 500 : 400),
      ]
      return [[code, status] as const]
    }),
  )
}

/**
 * S3's documented errors with their statuses: its model declares few of them.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export const documentedS3Statuses: ReadonlyMap<string, number> = new Map(
  Object.entries({
    301: ['PermanentRedirect'],
    304: ['NotModified'],
    307: ['Redirect', 'TemporaryRedirect'],
    400: `AmbiguousGrantByEmailAddress AuthorizationHeaderMalformed AuthorizationQueryParametersError BadDigest
      CredentialsNotSupported EntityTooLarge EntityTooSmall ExpiredToken IllegalLocationConstraintException
      IllegalVersioningConfigurationException IncompleteBody IncorrectNumberOfFilesInPostRequest
      InlineDataTooLarge InvalidArgument InvalidBucketName InvalidDigest InvalidEncryptionAlgorithmError
      InvalidLocationConstraint InvalidPart InvalidPartOrder InvalidPolicyDocument InvalidRequest
      InvalidStorageClass InvalidTag InvalidTargetBucketForLogging InvalidToken InvalidURI KeyTooLongError
      MalformedACLError MalformedPOSTRequest MalformedPolicy MalformedXML MaxMessageLengthExceeded
      MaxPostPreDataLengthExceededError MetadataTooLarge MissingRequestBodyError MissingSecurityElement
      NoLoggingStatusForKey RequestIsNotMultiPartContent RequestTimeout TooManyBuckets UnexpectedContent
      UnresolvableGrantByEmailAddress UserKeyMustBeSpecified XAmzContentSHA256Mismatch`.split(/\s+/),
    403: `AccessDenied AccountProblem AllAccessDisabled InvalidAccessKeyId InvalidObjectState InvalidPayer
      InvalidSecurity NotSignedUp RequestTimeTooSkewed SignatureDoesNotMatch`.split(/\s+/),
    404: `NoSuchBucket NoSuchBucketPolicy NoSuchCORSConfiguration NoSuchKey NoSuchLifecycleConfiguration
      NoSuchTagSet NoSuchUpload NoSuchVersion NoSuchWebsiteConfiguration NoSuchConfiguration
      NoSuchPublicAccessBlockConfiguration NoSuchObjectLockConfiguration OwnershipControlsNotFoundError
      ObjectLockConfigurationNotFoundError ReplicationConfigurationNotFoundError
      ServerSideEncryptionConfigurationNotFoundError`.split(/\s+/),
    405: ['MethodNotAllowed'],
    409: `BucketAlreadyExists BucketAlreadyOwnedByYou BucketNotEmpty InvalidBucketState OperationAborted
      RestoreAlreadyInProgress`.split(/\s+/),
    411: ['MissingContentLength'],
    412: ['PreconditionFailed'],
    416: ['InvalidRange'],
    501: ['NotImplemented'],
  }).flatMap(([status, codes]) => codes.map(code => [code, Number(status)] as const)),
)
