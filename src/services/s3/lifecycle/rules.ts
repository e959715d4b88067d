import type { LifecycleExpiration, LifecycleRule, Tag } from '@aws-sdk/client-s3'
import { dayMilliseconds } from '../limits.ts'
import type { Bucket, StoredObject } from '../state.ts'

/** What a rule's filter looks at; a delete marker has neither size nor tags. */
export interface FilteredVersion {
  readonly key: string
  readonly size?: number
  readonly tags?: readonly Tag[]
}

/** Whether a rule is about a version. An empty filter, or an empty prefix, is about everything. */
export function ruleCovers(rule: LifecycleRule, { key, size, tags }: FilteredVersion): boolean {
  const { prefixes, wantedTags, above, below } = filterOf(rule)
  if (!prefixes.every(prefix => key.startsWith(prefix))) return false
  if (above !== undefined && !(size !== undefined && size > above)) return false
  if (below !== undefined && !(size !== undefined && size < below)) return false
  return wantedTags.every(wanted => tags?.some(tag => tag.Key === wanted.Key && tag.Value === wanted.Value))
}

/** A rule's conditions, wherever it states them. */
export interface RuleFilter {
  readonly prefixes: readonly string[]
  readonly wantedTags: readonly Tag[]
  /** Bytes, exclusive. */
  readonly above: number | undefined
  /** Bytes, exclusive. */
  readonly below: number | undefined
}

/** Reads a rule's filter. */
export function filterOf({ Filter, Prefix }: LifecycleRule): RuleFilter {
  const and = Filter?.And
  return {
    prefixes: [Prefix, Filter?.Prefix, and?.Prefix].filter(prefix => prefix !== undefined),
    wantedTags: [...(Filter?.Tag ? [Filter.Tag] : []), ...(and?.Tags ?? [])],
    above: Filter?.ObjectSizeGreaterThan ?? and?.ObjectSizeGreaterThan,
    below: Filter?.ObjectSizeLessThan ?? and?.ObjectSizeLessThan,
  }
}

/**
 * When what happens `days` after `since` is due: S3 rounds up to the next midnight UTC.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export function midnightAfter(since: number, days: number): number {
  return (Math.floor(since / dayMilliseconds) + days + 1) * dayMilliseconds
}

/** When a rule expires a current version that was written at `lastModified`; `undefined` when it never does. */
export function expirationTime(
  expiration: LifecycleExpiration | undefined,
  lastModified: number,
): number | undefined {
  if (expiration?.Date !== undefined) return expiration.Date.getTime()
  return expiration?.Days === undefined ? undefined : midnightAfter(lastModified, expiration.Days)
}

/** The `x-amz-expiration` header of an object: when it will be removed and by which rule, the earliest one. */
export function expirationHeader(bucket: Bucket, key: string, object: StoredObject): string | undefined {
  let earliest: { time: number; id: string } | undefined
  for (const rule of bucket.lifecycle?.rules ?? []) {
    if (rule.Status !== 'Enabled' || !ruleCovers(rule, { key, size: object.size, tags: object.tags }))
      continue
    const time = expirationTime(rule.Expiration, object.lastModified)
    if (time === undefined || (earliest !== undefined && earliest.time <= time)) continue
    earliest = { time, id: rule.ID ?? '' }
  }
  if (earliest === undefined) return undefined
  return `expiry-date="${new Date(earliest.time).toUTCString()}", rule-id="${encodeURIComponent(earliest.id)}"`
}

/** When a rule will abort an upload, and which one: the earliest. */
export function abortOf(
  bucket: Bucket,
  upload: { readonly key: string; readonly initiatedAt: number },
): { AbortDate: Date; AbortRuleId: string } | undefined {
  let earliest: { time: number; id: string } | undefined
  for (const rule of bucket.lifecycle?.rules ?? []) {
    const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation
    if (rule.Status !== 'Enabled' || days === undefined || !ruleCovers(rule, upload)) continue
    const time = midnightAfter(upload.initiatedAt, days)
    if (earliest === undefined || time < earliest.time) earliest = { time, id: rule.ID ?? '' }
  }
  return earliest && { AbortDate: new Date(earliest.time), AbortRuleId: earliest.id }
}
