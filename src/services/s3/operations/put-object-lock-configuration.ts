import type { PutObjectLockConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import { lockNeedsVersioning } from '../object-lock/errors.ts'
import { readConfiguration } from '../object-lock/read.ts'
import type { S3State } from '../state.ts'

/**
 * Says that a versioned bucket locks objects, and for how long by default; it cannot be taken back.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html
 */
export const putObjectLockConfiguration: Operation<
  S3State,
  InBucket<PutObjectLockConfigurationRequest>,
  object
> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  const configuration = readConfiguration(input.ObjectLockConfiguration)
  if (bucket.versioning !== 'Enabled') throw lockNeedsVersioning()
  bucket.objectLock = configuration
  return {}
}
