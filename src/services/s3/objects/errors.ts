import type { AwsError } from '../../../core/aws-error.ts'
import { invalidArgument, s3Error } from '../errors.ts'

/** An upload that says nothing of its length. */
export function missingContentLength(): AwsError {
  return s3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.')
}

/** A body in frames whose hash says that it is plain. */
export function framedWithoutHash(): AwsError {
  const message =
    'aws-chunked encoding is not supported when x-amz-content-sha256 UNSIGNED-PAYLOAD is supplied'
  return invalidArgument(message, 'Content-Encoding', 'aws-chunked')
}

/** A request for encryption where nothing is written, or where another call has said it already. */
export function encryptionNotSupported(algorithm: string): AwsError {
  const header = 'x-amz-server-side-encryption'
  return invalidArgument(`${header} header is not supported for this operation.`, header, algorithm)
}
