import type {
  GetBucketAccelerateConfigurationOutput,
  GetBucketAccelerateConfigurationRequest,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketAccelerateConfigurationRequest>

/**
 * Tells whether a bucket is accelerated; nothing where that was never said.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html
 */
export const getBucketAccelerateConfiguration: Operation<
  S3State,
  Input,
  Answer<GetBucketAccelerateConfigurationOutput>
> = (state, input, context) => {
  const { acceleration } = findBucket(state, input, context)
  return { Status: acceleration }
}
