import type { HintRule } from '../../../cloud/hints/hint.ts'
import { findNearName } from '../../../cloud/hints/near-name.ts'
import type { S3State } from '../state.ts'

/** The bucket that a call names. */
function namedBucket(input: Readonly<Record<string, unknown>> | undefined): string | undefined {
  return typeof input?.Bucket === 'string' ? input.Bucket : undefined
}

/** Names are shared by all accounts: a bucket may be there, or its name taken, and not be the caller's. */
const otherAccount: HintRule<S3State> = {
  id: 's3.bucket-of-another-account',
  on: 'failure',
  codes: ['AccessDenied', 'BucketAlreadyExists'],
  find: ({ input }, { state, accountId }) => {
    const bucket = state.buckets.get(namedBucket(input) ?? '')
    if (bucket === undefined || bucket.ownerAccountId === accountId) return undefined
    return {
      facts: { bucket: bucket.name, accountId, owner: bucket.ownerAccountId },
      tryIt: ['sts', 'get-caller-identity'],
    }
  },
}

const nearBucket: HintRule<S3State> = {
  id: 's3.bucket-near',
  on: 'failure',
  codes: ['NoSuchBucket'],
  find: ({ input }, { state, accountId }) => {
    const bucket = namedBucket(input)
    const own = [...state.buckets.values()].filter(({ ownerAccountId }) => ownerAccountId === accountId)
    const existing =
      bucket &&
      findNearName(
        bucket,
        own.map(({ name }) => name),
      )
    return bucket && existing ? { facts: { bucket, existing }, tryIt: ['s3', 'ls'] } : undefined
  },
}

/** A listing shows nothing, and still the bucket holds versions and markers. */
const holdsVersions: HintRule<S3State> = {
  id: 's3.bucket-holds-versions',
  on: 'failure',
  operations: ['DeleteBucket'],
  codes: ['BucketNotEmpty'],
  find: ({ input }, { state }) => {
    const bucket = state.buckets.get(namedBucket(input) ?? '')
    if (!bucket?.versioning) return undefined
    for (const versions of bucket.objects.values()) if (versions.at(-1)?.kind === 'object') return undefined
    return {
      facts: { bucket: bucket.name },
      tryIt: ['s3api', 'list-object-versions', '--bucket', bucket.name],
    }
  },
}

/** Much of what is written about public buckets is older than their blocks. */
const publicBlocked: HintRule<S3State> = {
  id: 's3.public-access-blocked',
  on: 'failure',
  codes: ['AccessDenied'],
  find: ({ input, error }) => {
    const bucket = namedBucket(input)
    const setting = /by the (Block\w+) block public access setting/.exec(error?.message ?? '')?.[1]
    if (bucket === undefined || setting === undefined) return undefined
    return { facts: { bucket, setting }, tryIt: ['s3api', 'get-public-access-block', '--bucket', bucket] }
  },
}

const withoutAcls: HintRule<S3State> = {
  id: 's3.acls-disabled',
  on: 'failure',
  codes: ['AccessControlListNotSupported'],
  find: ({ input }) => {
    const bucket = namedBucket(input)
    if (bucket === undefined) return undefined
    return { facts: { bucket }, tryIt: ['s3api', 'get-bucket-ownership-controls', '--bucket', bucket] }
  },
}

/** Buckets that are not there, not as empty as they look, or not as open as they once were. */
export const bucketRules = [otherAccount, nearBucket, holdsVersions, publicBlocked, withoutAcls]
