import type { PutBucketInventoryConfigurationRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { idMismatch } from '../configurations/errors.ts'
import { withNamed } from '../configurations/named.ts'
import { requireInventory } from '../configurations/validate.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Keeps an inventory of a bucket under its name. AWS answers 204, whatever its model says.
 * DIFFERS: no inventory is written.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketInventoryConfiguration.html
 */
export const putBucketInventoryConfiguration: Operation<
  S3State,
  InBucket<PutBucketInventoryConfigurationRequest>,
  { $status: number }
> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  const inventory = requireInventory(input.InventoryConfiguration)
  if (inventory.Id !== undefined && inventory.Id !== input.Id) throw idMismatch()
  bucket.inventories = withNamed(bucket.inventories, input.Id, inventory)
  return { $status: 204 }
}
