import type { Event } from '@aws-sdk/client-s3'

/** Every event that a bucket can be asked to tell of. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
const supportedEvents = {
  's3:IntelligentTiering': true,
  's3:LifecycleExpiration:*': true,
  's3:LifecycleExpiration:Delete': true,
  's3:LifecycleExpiration:DeleteMarkerCreated': true,
  's3:LifecycleTransition': true,
  's3:ObjectAcl:Put': true,
  's3:ObjectAnnotation:*': true,
  's3:ObjectAnnotation:Delete': true,
  's3:ObjectAnnotation:Put': true,
  's3:ObjectCreated:*': true,
  's3:ObjectCreated:CompleteMultipartUpload': true,
  's3:ObjectCreated:Copy': true,
  's3:ObjectCreated:Post': true,
  's3:ObjectCreated:Put': true,
  's3:ObjectRemoved:*': true,
  's3:ObjectRemoved:Delete': true,
  's3:ObjectRemoved:DeleteMarkerCreated': true,
  's3:ObjectRestore:*': true,
  's3:ObjectRestore:Completed': true,
  's3:ObjectRestore:Delete': true,
  's3:ObjectRestore:Post': true,
  's3:ObjectTagging:*': true,
  's3:ObjectTagging:Delete': true,
  's3:ObjectTagging:Put': true,
  's3:ReducedRedundancyLostObject': true,
  's3:Replication:*': true,
  's3:Replication:OperationFailedReplication': true,
  's3:Replication:OperationMissedThreshold': true,
  's3:Replication:OperationNotTracked': true,
  's3:Replication:OperationReplicatedAfterThreshold': true,
} satisfies Partial<Record<Event, true>>

/** Whether a bucket can be asked to tell of an event. */
export function isSupportedEvent(event: string): event is Event {
  return Object.hasOwn(supportedEvents, event)
}
