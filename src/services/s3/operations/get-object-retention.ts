import type { GetObjectRetentionOutput, GetObjectRetentionRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, OnKey } from '../input.ts'
import { noLockOnObject, objectLockMissing } from '../object-lock/errors.ts'
import { findObjectForChange } from '../objects/versions.ts'
import type { S3State } from '../state.ts'

type Input = OnKey<GetObjectRetentionRequest>

/**
 * Tells until when an object may not be deleted.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html
 */
export const getObjectRetention: Operation<S3State, Input, Answer<GetObjectRetentionOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  if (bucket.objectLock === undefined) throw objectLockMissing()
  const { lock } = findObjectForChange(bucket, input, 'GET')
  if (lock?.retention === undefined) throw noLockOnObject()
  const { mode, until } = lock.retention
  return { Retention: { Mode: mode, RetainUntilDate: new Date(until) } }
}
