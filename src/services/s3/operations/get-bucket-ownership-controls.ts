import type {
  GetBucketOwnershipControlsOutput,
  GetBucketOwnershipControlsRequest,
  ObjectOwnership,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { noOwnershipControls } from '../buckets/errors.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketOwnershipControlsRequest>

/**
 * Tells who owns objects that others write, and whether ACLs count.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html
 */
export const getBucketOwnershipControls: Operation<
  S3State,
  Input,
  Answer<GetBucketOwnershipControlsOutput>
> = (state, input, context) => {
  const { name, objectOwnership } = findBucket(state, input, context)
  if (objectOwnership === undefined) throw noOwnershipControls(name)
  return { OwnershipControls: { Rules: [{ ObjectOwnership: objectOwnership as ObjectOwnership }] } }
}
