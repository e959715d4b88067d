import type { PutBucketAbacRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { malformedXml } from '../errors.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Says whether a bucket's tags decide who may use it.
 * DIFFERS: it is kept and told, but the bucket's tags decide nothing by it, and PutBucketTagging goes on working.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAbac.html
 */
export const putBucketAbac: Operation<S3State, InBucket<PutBucketAbacRequest>, object> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const status: string | undefined = input.AbacStatus?.Status
  if (status !== 'Enabled' && status !== 'Disabled') throw malformedXml()
  bucket.abac = status
  return {}
}
