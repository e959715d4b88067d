import type { GetObjectLegalHoldOutput, GetObjectLegalHoldRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, OnKey } from '../input.ts'
import { noLockOnObject, objectLockMissing } from '../object-lock/errors.ts'
import { findObjectForChange } from '../objects/versions.ts'
import type { S3State } from '../state.ts'

type Input = OnKey<GetObjectLegalHoldRequest>

/**
 * Tells whether an object is held, whatever its retention.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html
 */
export const getObjectLegalHold: Operation<S3State, Input, Answer<GetObjectLegalHoldOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  if (bucket.objectLock === undefined) throw objectLockMissing()
  const { lock } = findObjectForChange(bucket, input, 'GET')
  if (lock?.legalHold === undefined) throw noLockOnObject()
  return { LegalHold: { Status: lock.legalHold } }
}
