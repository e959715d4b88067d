import type {
  PutBucketLifecycleConfigurationOutput,
  PutBucketLifecycleConfigurationRequest,
  TransitionDefaultMinimumObjectSize,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import { validateMinimumObjectSize, validateRules } from '../lifecycle/validate.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<PutBucketLifecycleConfigurationRequest>
type Output = Answer<PutBucketLifecycleConfigurationOutput>

/**
 * Replaces a bucket's lifecycle rules.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export const putBucketLifecycleConfiguration: Operation<S3State, Input, Output> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  const minimumObjectSize = validateMinimumObjectSize(input.TransitionDefaultMinimumObjectSize)
  bucket.lifecycle = {
    rules: validateRules(input.LifecycleConfiguration?.Rules, context.ids),
    transitionDefaultMinimumObjectSize: minimumObjectSize,
    putAt: context.clock.now(),
  }
  return { TransitionDefaultMinimumObjectSize: minimumObjectSize as TransitionDefaultMinimumObjectSize }
}
