import type { OperationTable } from '../../../cloud/service.ts'
import { headerOf } from '../../../wire/http.ts'
import type { S3State } from '../state.ts'
import { encryptionNotSupported } from './errors.ts'

/** The operations that begin an object, and so may say how it is encrypted. */
const writers = new Set(['PutObject', 'PostObject', 'CopyObject', 'CreateMultipartUpload'])

/**
 * Makes every other operation refuse the header that asks for encryption, also those that read, list or complete.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-s3-encryption.html; recorded from AWS for
 * a list in s3tools/s3cmd issue 276, for HeadObject, UploadPart and CompleteMultipartUpload in ClickHouse issue 64570.
 */
export function refusingEncryptionHeader(operations: OperationTable<S3State>): OperationTable<S3State> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      writers.has(name)
        ? operation
        : (state, input, context) => {
            const algorithm = headerOf(context.request.headers, 'x-amz-server-side-encryption')
            if (algorithm !== undefined) throw encryptionNotSupported(algorithm)
            return operation(state, input, context)
          },
    ]),
  )
}
