import { AwsError } from '../../../core/aws-error.ts'

/** The bucket has no policy. */
export function noSuchBucketPolicy(bucket: string): AwsError {
  const members = { BucketName: bucket }
  return new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', { statusCode: 404, members })
}

/** A bucket policy that S3 would not take. */
export function malformedPolicy(message: string): AwsError {
  return new AwsError('MalformedPolicy', message, { statusCode: 400 })
}
