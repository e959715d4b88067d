import type {
  ListBucketInventoryConfigurationsOutput,
  ListBucketInventoryConfigurationsRequest,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { pageOfNamed } from '../configurations/named.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<ListBucketInventoryConfigurationsRequest>

/**
 * Lists the inventories of a bucket, 100 at a time.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketInventoryConfigurations.html
 */
export const listBucketInventoryConfigurations: Operation<
  S3State,
  Input,
  Answer<ListBucketInventoryConfigurationsOutput>
> = (state, input, context) => {
  const { inventories } = findBucket(state, input, context)
  const { configurations, nextToken } = pageOfNamed(inventories, input.ContinuationToken)
  return {
    IsTruncated: nextToken !== undefined,
    ContinuationToken: input.ContinuationToken,
    NextContinuationToken: nextToken,
    InventoryConfigurationList: configurations.length > 0 ? configurations : undefined,
  }
}
