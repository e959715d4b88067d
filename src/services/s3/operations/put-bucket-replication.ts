import type { PutBucketReplicationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { InBucket } from '../input.ts'
import { replicationNeedsVersioning } from '../replication/errors.ts'
import { requireReplication } from '../replication/validate.ts'
import type { S3State } from '../state.ts'

/**
 * Says to where a bucket is replicated.
 * DIFFERS: nothing is copied, and buckets of other accounts are no destinations.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
 */
export const putBucketReplication: Operation<S3State, InBucket<PutBucketReplicationRequest>, object> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const replication = requireReplication(input.ReplicationConfiguration, state, context.ids)
  if (bucket.versioning !== 'Enabled') throw replicationNeedsVersioning()
  bucket.replication = replication
  return {}
}
