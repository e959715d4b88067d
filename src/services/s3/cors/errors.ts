import type { AwsError } from '../../../core/aws-error.ts'
import { s3Error } from '../errors.ts'

/** A bucket without CORS rules. */
export function noSuchCors(bucket: string): AwsError {
  const message = 'The CORS configuration does not exist'
  return s3Error(404, 'NoSuchCORSConfiguration', message, { BucketName: bucket })
}

/** A preflight that does not say which page asks. */
export function originMissing(): AwsError {
  return s3Error(400, 'BadRequest', 'Insufficient information. Origin request header needed.')
}

/** A preflight for a method that S3 does not have; `null` where none is named. */
export function invalidRequestMethod(method: string): AwsError {
  return s3Error(400, 'BadRequest', `Invalid Access-Control-Request-Method: ${method}`)
}

/** What a preflight asked about. */
interface Asked {
  readonly method: string
  readonly resourceType: 'BUCKET' | 'OBJECT'
}

/** A preflight about a bucket that is not there. */
export function corsBucketNotFound(asked: Asked): AwsError {
  return corsForbidden('CORSResponse: Bucket not found', asked)
}

/** A preflight about a bucket without rules. */
export function corsNotEnabled(asked: Asked): AwsError {
  return corsForbidden('CORSResponse: CORS is not enabled for this bucket.', asked)
}

/** A preflight that no rule fits; AWS's spelling. */
export function corsNotAllowed(asked: Asked): AwsError {
  const message =
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec."
  return corsForbidden(message, asked)
}

function corsForbidden(message: string, { method, resourceType }: Asked): AwsError {
  return s3Error(403, 'AccessForbidden', message, { Method: method, ResourceType: resourceType })
}
