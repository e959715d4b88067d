import { AwsError } from '../../../core/aws-error.ts'
import { preconditionFailed } from '../errors.ts'

/** How S3 refuses browser forms. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */

/** A body that does not say that it is a multipart form. */
export function noForm(): AwsError {
  return preconditionFailed('Bucket POST must be of the enclosure-type multipart/form-data')
}

/** A body that is no multipart form. */
export function malformedPost(cause?: unknown): AwsError {
  const message = 'The body of your POST request is not well-formed multipart/form-data.'
  return new AwsError('MalformedPOSTRequest', message, { statusCode: 400, cause })
}

/** A form without a file. */
export function notOneFile(): AwsError {
  return new AwsError(
    'IncorrectNumberOfFilesInPostRequest',
    'POST requires exactly one file upload per request.',
    { statusCode: 400 },
  )
}

/** The fields before the file are too large. */
export function fieldsTooLarge(): AwsError {
  const message = 'Your POST request fields preceding the upload file were too large.'
  return new AwsError('MaxPostPreDataLengthExceeded', message, { statusCode: 400 })
}

/** A field that a form must have. */
export function fieldMissing(name: string): AwsError {
  const message = `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`
  return new AwsError('InvalidArgument', message, {
    statusCode: 400,
    members: { ArgumentName: name, ArgumentValue: '' },
  })
}

/** A policy that cannot be read. */
export function invalidPolicy(fault: string): AwsError {
  return new AwsError('InvalidPolicyDocument', `Invalid Policy: ${fault}`, { statusCode: 400 })
}

/** A form that its policy does not allow. */
export function againstPolicy(fault: string): AwsError {
  return new AwsError('AccessDenied', `Invalid according to Policy: ${fault}`, { statusCode: 403 })
}

/** A file larger than the policy, or S3, allows. */
export function fileTooLarge(ProposedSize: number, MaxSizeAllowed: number): AwsError {
  return new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    statusCode: 400,
    members: { ProposedSize, MaxSizeAllowed },
  })
}

/** A file smaller than the policy allows. */
export function fileTooSmall(ProposedSize: number, MinSizeAllowed: number): AwsError {
  return new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
    statusCode: 400,
    members: { ProposedSize, MinSizeAllowed },
  })
}
