import type { PutObjectLegalHoldOutput, PutObjectLegalHoldRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { malformedXml } from '../errors.ts'
import type { Answer, OnKey } from '../input.ts'
import { objectLockMissing } from '../object-lock/errors.ts'
import { findObjectForChange } from '../objects/versions.ts'
import type { S3State } from '../state.ts'

type Input = OnKey<PutObjectLegalHoldRequest>

/**
 * Holds an object, or lets it go, whatever its retention.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html
 */
export const putObjectLegalHold: Operation<S3State, Input, Answer<PutObjectLegalHoldOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  if (input.LegalHold === undefined) throw malformedXml()
  if (bucket.objectLock === undefined) throw objectLockMissing()
  const object = findObjectForChange(bucket, input, 'PUT')
  const status = input.LegalHold.Status
  if (status !== 'ON' && status !== 'OFF') throw malformedXml()
  object.lock = { ...object.lock, legalHold: status }
  return {}
}
