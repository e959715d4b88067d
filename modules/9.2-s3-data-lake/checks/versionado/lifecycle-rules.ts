import {
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { Lab } from '../../../../src/course/lab.ts'

/** What an enabled rule does, and to which keys. */
export interface Effect {
  /** Keys that start so; `undefined` where tags or sizes narrow the rule further. */
  readonly prefix: string | undefined
  readonly expirationDays?: number | undefined
  readonly noncurrentDays?: number | undefined
  /** How many noncurrent versions are spared. */
  readonly sparedVersions: number
  readonly abortDays?: number | undefined
}

/** A bucket's rules; none where it never had any. */
export async function readRules(lab: Lab, bucket: string): Promise<LifecycleRule[]> {
  try {
    const command = new GetBucketLifecycleConfigurationCommand({ Bucket: bucket })
    return (await lab.client(S3Client).send(command)).Rules ?? []
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'NoSuchLifecycleConfiguration') return []
    throw error
  }
}

/** Rules that somebody else left in a bucket: by prefix, by tag, and one of `raw/` itself that is not about expiring. */
export async function leaveOthersRules(lab: Lab, bucket: string): Promise<LifecycleRule[]> {
  const Rules: LifecycleRule[] = [
    {
      ID: `registros-${lab.random.hex(3)}`,
      Status: 'Enabled',
      Filter: { Prefix: 'logs/' },
      Expiration: { Days: lab.random.integer(200, 400) },
    },
    {
      ID: `frio-${lab.random.hex(3)}`,
      Status: 'Enabled',
      Filter: { Prefix: 'raw/' },
      Transitions: [{ Days: lab.random.integer(30, 60), StorageClass: 'STANDARD_IA' }],
    },
    {
      ID: `temporal-${lab.random.hex(3)}`,
      Status: 'Disabled',
      Filter: { And: { Prefix: 'tmp/', Tags: [{ Key: 'uso', Value: lab.random.hex(4) }] } },
      Expiration: { Days: lab.random.integer(2, 9) },
    },
  ]
  const command = { Bucket: bucket, LifecycleConfiguration: { Rules } }
  await lab.client(S3Client).send(new PutBucketLifecycleConfigurationCommand(command))
  return readRules(lab, bucket)
}

/** The effects of the rules that are enabled. */
export function readEffects(rules: readonly LifecycleRule[]): Effect[] {
  return rules.filter(({ Status }) => Status === 'Enabled').map(readEffect)
}

function readEffect(rule: LifecycleRule): Effect {
  return {
    prefix: readPrefix(rule),
    expirationDays: rule.Expiration?.Days,
    noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays,
    sparedVersions: rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions ?? 0,
    abortDays: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
  }
}

function readPrefix({ Filter, Prefix }: LifecycleRule): string | undefined {
  if (Filter === undefined) return Prefix ?? ''
  const { And, Tag, ObjectSizeGreaterThan, ObjectSizeLessThan } = Filter
  if (Tag !== undefined || ObjectSizeGreaterThan !== undefined || ObjectSizeLessThan !== undefined)
    return undefined
  if (And === undefined) return Filter.Prefix ?? ''
  const isOnlyPrefix = Object.entries(And).every(([name, value]) => name === 'Prefix' || value === undefined)
  return isOnlyPrefix ? (And.Prefix ?? '') : undefined
}

/** A rule as one comparable text, whatever the order of its members. */
export function ruleText(rule: LifecycleRule): string {
  return JSON.stringify(sortMembers(rule))
}

function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(
    members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, sortMembers(member)]),
  )
}

/** The `aws` line that shows a bucket's rules. */
export function rulesLine(bucket: string): string {
  return `s3api get-bucket-lifecycle-configuration --bucket ${bucket}`
}
