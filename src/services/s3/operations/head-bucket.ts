import type { HeadBucketOutput, HeadBucketRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { formatArn } from '../../../core/arn.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Tells whether a bucket exists, and where.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
 */
export const headBucket: Operation<S3State, InBucket<HeadBucketRequest>, Answer<HeadBucketOutput>> = (
  state,
  input,
  context,
) => {
  const { name, region } = findBucket(state, input, context)
  return {
    BucketArn: formatArn({ service: 's3', resource: name }),
    BucketRegion: region,
    AccessPointAlias: false,
  }
}
