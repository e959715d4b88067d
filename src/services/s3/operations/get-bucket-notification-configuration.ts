import type { GetBucketNotificationConfigurationRequest, NotificationConfiguration } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import { answerConfiguration } from '../notifications/answer-configuration.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketNotificationConfigurationRequest>

/**
 * Tells what a bucket tells, and whom.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html
 */
export const getBucketNotificationConfiguration: Operation<S3State, Input, NotificationConfiguration> = (
  state,
  input,
  context,
) => {
  const { notifications } = findBucket(state, input, context)
  return notifications === undefined ? {} : answerConfiguration(notifications)
}
