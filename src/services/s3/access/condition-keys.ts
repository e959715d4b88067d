import type { Tag } from '@aws-sdk/client-s3'
import type { ContextFacts } from '../../../cloud/policy/context-keys.ts'
import { AwsError } from '../../../core/aws-error.ts'
import { dayMilliseconds } from '../limits.ts'
import type { StoredObject } from '../state.ts'
import { parseTaggingHeader } from '../tags/tags.ts'

/** The members of inputs that condition keys tell. */
export interface KeyedInput {
  readonly VersionId?: string | undefined
  readonly Prefix?: string
  readonly Delimiter?: string
  readonly MaxKeys?: number
  readonly CopySource?: string
  readonly MetadataDirective?: string
  /** The header, or the document, of tags. */
  readonly Tagging?: string | { readonly TagSet?: readonly Tag[] | undefined } | undefined
  readonly ACL?: string
  readonly GrantFullControl?: string
  readonly GrantRead?: string
  readonly GrantReadACP?: string
  readonly GrantWrite?: string
  readonly GrantWriteACP?: string
  readonly ObjectOwnership?: string
  readonly StorageClass?: string
  readonly ServerSideEncryption?: string
  readonly SSEKMSKeyId?: string
  readonly SSECustomerAlgorithm?: string
  readonly WebsiteRedirectLocation?: string
  readonly IfMatch?: string
  readonly IfNoneMatch?: string
  readonly ObjectLockMode?: string
  readonly ObjectLockRetainUntilDate?: Date
  readonly ObjectLockLegalHoldStatus?: string
  readonly Retention?: { readonly Mode?: string; readonly RetainUntilDate?: Date }
  readonly LegalHold?: { readonly Status?: string }
  readonly CreateBucketConfiguration?: { readonly LocationConstraint?: string }
}

/** Members of inputs and the keys by which conditions ask for them. */
const keysOfMembers: readonly (readonly [keyof KeyedInput, string])[] = [
  ['VersionId', 's3:VersionId'],
  ['MetadataDirective', 's3:x-amz-metadata-directive'],
  ['ACL', 's3:x-amz-acl'],
  ['GrantFullControl', 's3:x-amz-grant-full-control'],
  ['GrantRead', 's3:x-amz-grant-read'],
  ['GrantReadACP', 's3:x-amz-grant-read-acp'],
  ['GrantWrite', 's3:x-amz-grant-write'],
  ['GrantWriteACP', 's3:x-amz-grant-write-acp'],
  ['ObjectOwnership', 's3:x-amz-object-ownership'],
  ['StorageClass', 's3:x-amz-storage-class'],
  ['ServerSideEncryption', 's3:x-amz-server-side-encryption'],
  ['SSEKMSKeyId', 's3:x-amz-server-side-encryption-aws-kms-key-id'],
  ['SSECustomerAlgorithm', 's3:x-amz-server-side-encryption-customer-algorithm'],
  ['WebsiteRedirectLocation', 's3:x-amz-website-redirect-location'],
  ['IfMatch', 's3:if-match'],
  ['IfNoneMatch', 's3:if-none-match'],
]

/** The keys of a call upon a bucket. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export function bucketKeys(input: KeyedInput): ContextFacts {
  const { Prefix, Delimiter, MaxKeys, CreateBucketConfiguration } = input
  return {
    ...memberKeys(input),
    's3:prefix': Prefix,
    's3:delimiter': Delimiter,
    's3:max-keys': MaxKeys === undefined ? undefined : String(MaxKeys),
    's3:LocationConstraint': CreateBucketConfiguration?.LocationConstraint,
  }
}

/** The keys of a call upon an object; `now` tells how long it is to be kept. */
export function objectKeys(input: KeyedInput, now: number): ContextFacts {
  const { CopySource, ObjectLockMode, ObjectLockLegalHoldStatus, Retention, LegalHold } = input
  const until = input.ObjectLockRetainUntilDate ?? Retention?.RetainUntilDate
  return {
    ...memberKeys(input),
    's3:x-amz-copy-source': CopySource?.replace(/^\//, ''),
    's3:object-lock-mode': ObjectLockMode ?? Retention?.Mode,
    's3:object-lock-legal-hold': ObjectLockLegalHoldStatus ?? LegalHold?.Status,
    's3:object-lock-retain-until-date': until?.toISOString(),
    's3:object-lock-remaining-retention-days': until && String(daysUntil(until, now)),
    ...requestTagKeys(input.Tagging),
  }
}

/** Actions that may depend on the tags that the object has. */
const tagAware =
  /^(Get|Put|Delete)Object(Version)?Tagging$|^(Get|Put)Object(Version)?Acl$|^GetObject(Version)?(Attributes)?$/

/** The tags that an object has, as keys, where an action may depend on them. */
export function existingTagKeys(action: string, { tags }: StoredObject): ContextFacts {
  if (tags.length === 0 || !tagAware.test(action)) return {}
  return Object.fromEntries(tags.map(({ Key, Value }) => [`s3:ExistingObjectTag/${Key}`, Value]))
}

function memberKeys(input: KeyedInput): ContextFacts {
  const facts: Record<string, string> = {}
  for (const [member, key] of keysOfMembers) {
    const value = input[member]
    if (typeof value === 'string') facts[key] = value
  }
  return facts
}

function requestTagKeys(tagging: KeyedInput['Tagging']): ContextFacts {
  const tags = typeof tagging === 'string' ? readableTags(tagging) : (tagging?.TagSet ?? [])
  if (tags.length === 0) return {}
  return {
    's3:RequestObjectTagKeys': tags.flatMap(({ Key }) => Key ?? []),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`s3:RequestObjectTag/${Key}`, Value])),
  }
}

/** Tags that cannot be read are the operation's to refuse. */
function readableTags(header: string): readonly Tag[] {
  try {
    return parseTaggingHeader(header)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return []
  }
}

function daysUntil(until: Date, now: number): number {
  return Math.ceil((until.getTime() - now) / dayMilliseconds)
}
