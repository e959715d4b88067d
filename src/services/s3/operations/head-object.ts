import type { HeadObjectOutput, HeadObjectRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { openingKey } from '../customer-keys/keys.ts'
import type { Answer, OnKey } from '../input.ts'
import { describeObject } from '../objects/answer.ts'
import { checkReadConditions } from '../objects/conditions.ts'
import { readSpanOf } from '../objects/span.ts'
import { findObject } from '../objects/versions.ts'
import type { S3State } from '../state.ts'

/**
 * Answers what GetObject would, without the bytes.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export const headObject: Operation<S3State, OnKey<HeadObjectRequest>, Answer<HeadObjectOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const object = findObject(bucket, input, 'HEAD')
  const now = context.clock.now()
  checkReadConditions(input, object, now)
  openingKey(object.attributes.encryption, input)
  return describeObject({ bucket, object, now }, input, readSpanOf(object, input))
}
