import type { PutBucketAccelerateConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { accelerationNeedsPlainName } from '../buckets/errors.ts'
import { findBucket } from '../buckets/find.ts'
import { malformedXml } from '../errors.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Says whether a bucket is accelerated.
 * DIFFERS: it is as fast as before: there is no way around between a machine and itself.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html
 */
export const putBucketAccelerateConfiguration: Operation<
  S3State,
  InBucket<PutBucketAccelerateConfigurationRequest>,
  object
> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  if (bucket.name.includes('.')) throw accelerationNeedsPlainName()
  const status = input.AccelerateConfiguration?.Status
  if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml()
  bucket.acceleration = status
  return {}
}
