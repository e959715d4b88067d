import type {
  GetBucketInventoryConfigurationOutput,
  GetBucketInventoryConfigurationRequest,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { findNamed } from '../configurations/named.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketInventoryConfigurationRequest>

/**
 * Tells an inventory of a bucket, by its name.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketInventoryConfiguration.html
 */
export const getBucketInventoryConfiguration: Operation<
  S3State,
  Input,
  Answer<GetBucketInventoryConfigurationOutput>
> = (state, input, context) => {
  const { inventories } = findBucket(state, input, context)
  return { InventoryConfiguration: findNamed(inventories, input.Id) }
}
