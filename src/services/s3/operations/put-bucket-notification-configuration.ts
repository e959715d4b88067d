import type { PutBucketNotificationConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { malformedXml } from '../errors.ts'
import type { InBucket } from '../input.ts'
import { validateDestinations } from '../notifications/destinations.ts'
import { sendTestEvent } from '../notifications/notify.ts'
import { readConfiguration } from '../notifications/read-configuration.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<PutBucketNotificationConfigurationRequest>

/**
 * Replaces what a bucket tells, and whom; an empty configuration ends it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
 */
export const putBucketNotificationConfiguration: Operation<S3State, Input, Record<string, never>> = async (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  if (input.NotificationConfiguration === undefined) throw malformedXml()
  const read = readConfiguration(input.NotificationConfiguration, {
    region: bucket.region,
    ids: context.ids,
  })
  const { notifications } = read
  const mustAnswer = input.SkipDestinationValidation !== true
  if (mustAnswer) await validateDestinations(notifications, bucket, context)
  if (notifications.length === 0 && !read.eventBridge) delete bucket.notifications
  else bucket.notifications = read
  if (mustAnswer) for (const each of notifications) sendTestEvent(each, bucket, context)
  return {}
}
