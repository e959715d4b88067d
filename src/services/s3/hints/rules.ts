import type { HintRule } from '../../../cloud/hints/hint.ts'
import type { S3State } from '../state.ts'
import { bucketRules } from './buckets.ts'
import { keyRules } from './keys.ts'
import { listingRules } from './listings.ts'
import { notificationRules } from './notifications.ts'

/** Mistakes with S3 that show in the timeline. */
export const hints: readonly HintRule<S3State>[] = [
  ...keyRules,
  ...bucketRules,
  ...notificationRules,
  ...listingRules,
]
