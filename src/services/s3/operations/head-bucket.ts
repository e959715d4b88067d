import type { HeadBucketOutput, HeadBucketRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { formatArn } from '../../../core/arn.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Tells whether a bucket exists, and where.
 * DIFFERS: there is one endpoint for every region, so a bucket answers whatever region its caller names, as in LocalStack;
 * AWS redirects (301 PermanentRedirect). Where signatures are checked, one for another region is refused as there.
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
