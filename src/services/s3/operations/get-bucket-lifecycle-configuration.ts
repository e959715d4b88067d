import type {
  GetBucketLifecycleConfigurationOutput,
  GetBucketLifecycleConfigurationRequest,
  TransitionDefaultMinimumObjectSize,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { noSuchLifecycle } from '../errors.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketLifecycleConfigurationRequest>
type Output = Answer<GetBucketLifecycleConfigurationOutput>

/**
 * Tells a bucket's lifecycle rules as they were put.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html
 */
export const getBucketLifecycleConfiguration: Operation<S3State, Input, Output> = (state, input, context) => {
  const { name, lifecycle } = findBucket(state, input, context)
  if (lifecycle === undefined) throw noSuchLifecycle(name)
  const { rules, transitionDefaultMinimumObjectSize: minimumObjectSize } = lifecycle
  return {
    Rules: [...rules],
    TransitionDefaultMinimumObjectSize: minimumObjectSize as TransitionDefaultMinimumObjectSize,
  }
}
