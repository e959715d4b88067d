import type { AwsError } from '../../../core/aws-error.ts'
import { s3Error } from '../errors.ts'

/** A bucket that is no website. */
export function noSuchWebsite(bucket: string): AwsError {
  const message = 'The specified bucket does not have a website configuration'
  return s3Error(404, 'NoSuchWebsiteConfiguration', message, { BucketName: bucket })
}

/** A page that the bucket's policy does not give to everybody. */
export function pageDenied(): AwsError {
  return s3Error(403, 'AccessDenied', 'Access Denied')
}

/** A website is only read. */
export function websiteOnlyReads(method: string): AwsError {
  const message = 'The specified method is not allowed against this resource.'
  return s3Error(405, 'MethodNotAllowed', message, { Method: method, ResourceType: 'OBJECT' })
}
