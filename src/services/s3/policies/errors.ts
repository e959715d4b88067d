import { AwsError } from '../../../core/aws-error.ts'
import { s3Error } from '../errors.ts'

/** The bucket has no policy. */
export function noSuchBucketPolicy(bucket: string): AwsError {
  const members = { BucketName: bucket }
  return new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', { statusCode: 404, members })
}

/** A bucket policy that S3 would not take. */
export function malformedPolicy(message: string): AwsError {
  return new AwsError('MalformedPolicy', message, { statusCode: 400 })
}

/** Only identities of the bucket's own account use its policy, whatever others may. */
export function policyOfOtherAccount(method: string): AwsError {
  const message = 'The specified method is not allowed against this resource.'
  return s3Error(405, 'MethodNotAllowed', message, { Method: method, ResourceType: 'BUCKETPOLICY' })
}
