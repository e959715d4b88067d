import type { GetBucketLocationOutput, GetBucketLocationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { locationConstraintOf } from '../buckets/location.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Tells a bucket's region.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
export const getBucketLocation: Operation<
  S3State,
  InBucket<GetBucketLocationRequest>,
  Answer<GetBucketLocationOutput>
> = (state, input, context) => {
  const constraint = locationConstraintOf(findBucket(state, input, context))
  return constraint === undefined
    ? {}
    : { LocationConstraint: constraint as GetBucketLocationOutput['LocationConstraint'] }
}
