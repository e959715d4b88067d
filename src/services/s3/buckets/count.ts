import type { Census } from '../../../cloud/service.ts'
import type { S3State } from '../state.ts'

/** How many buckets and keys there are; a key counts once, whatever its versions. */
export function countS3({ buckets }: S3State): Census {
  let keys = 0
  for (const { objects } of buckets.values()) keys += objects.size
  return { buckets: buckets.size, keys }
}
