import type { PutBucketVersioningRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { headerNotImplemented, illegalVersioningConfiguration, malformedXml } from '../errors.ts'
import type { InBucket } from '../input.ts'
import { lockKeepsVersioning } from '../object-lock/errors.ts'
import type { S3State } from '../state.ts'

/**
 * Enables or suspends versioning; what is there keeps the version id `null`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html
 */
export const putBucketVersioning: Operation<S3State, InBucket<PutBucketVersioningRequest>, object> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const { Status: status, MFADelete: mfaDelete } = input.VersioningConfiguration ?? {}
  if (status === undefined) throw illegalVersioningConfiguration()
  if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml()
  if (mfaDelete === 'Enabled') throw headerNotImplemented('x-amz-mfa')
  if (bucket.objectLock !== undefined && status !== 'Enabled') throw lockKeepsVersioning()
  bucket.versioning = status
  return {}
}
