import type { GetBucketReplicationOutput, GetBucketReplicationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import { noSuchReplication } from '../replication/errors.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketReplicationRequest>

/**
 * Tells to where a bucket is replicated.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html
 */
export const getBucketReplication: Operation<S3State, Input, Answer<GetBucketReplicationOutput>> = (
  state,
  input,
  context,
) => {
  const { name, replication } = findBucket(state, input, context)
  if (replication === undefined) throw noSuchReplication(name)
  return { ReplicationConfiguration: replication }
}
