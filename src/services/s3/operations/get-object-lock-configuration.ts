import type { GetObjectLockConfigurationOutput, GetObjectLockConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import { noObjectLockConfiguration } from '../object-lock/errors.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetObjectLockConfigurationRequest>

/**
 * Tells whether a bucket locks objects, and for how long by default.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html
 */
export const getObjectLockConfiguration: Operation<
  S3State,
  Input,
  Answer<GetObjectLockConfigurationOutput>
> = (state, input, context) => {
  const { name, objectLock } = findBucket(state, input, context)
  if (objectLock === undefined) throw noObjectLockConfiguration(name)
  const { mode, days, years } = objectLock.defaultRetention ?? {}
  return {
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      ...(mode !== undefined && { Rule: { DefaultRetention: { Mode: mode, Days: days, Years: years } } }),
    },
  }
}
