import type { Permission, PermissionScope, PermissionTable } from '../../cloud/permission.ts'
import { bucketKeys, type KeyedInput, objectKeys } from './access/condition-keys.ts'
import { type Asker, type Need, permissionOf } from './access/need.ts'
import { type AclMembers, saysAcl } from './acl/read.ts'
import { s3Arn } from './buckets/arn.ts'
import { bucketOfArn } from './control/tagged.ts'
import { parseCopySource } from './objects/copy-source.ts'
import { currentObject } from './objects/versions.ts'
import type { S3State } from './state.ts'

/** The members of inputs that permissions depend on. */
interface Input extends Omit<KeyedInput, keyof AclMembers>, AclMembers {
  readonly Bucket: string
  readonly Key: string
  readonly UploadId?: string
  readonly ResourceArn?: string
  readonly TaggingDirective?: string
  readonly ObjectLockEnabledForBucket?: boolean
  readonly CreateBucketConfiguration?: NonNullable<KeyedInput['CreateBucketConfiguration']> & {
    readonly Tags?: readonly unknown[]
  }
  readonly BypassGovernanceRetention?: boolean | undefined
}

/** Who asks, and when, in milliseconds since the epoch. */
type Scope = Asker & Pick<PermissionScope<S3State>, 'now'>

type Needs = (input: Input, scope: Scope) => readonly Need[]

/** An action on the bucket. */
function bucket(action: string): Needs {
  return input => [{ action, bucket: input.Bucket, keys: bucketKeys(input as KeyedInput) }]
}

/** An action on the bucket that an ARN names; another ARN is refused by the operation itself. */
function tagged(action: string): Needs {
  return ({ ResourceArn = '' }) => [{ action, bucket: bucketOfArn(ResourceArn) ?? '' }]
}

/** An action on the object. */
function object(action: string): Needs {
  return (input, { now }) => [
    {
      action,
      bucket: input.Bucket,
      key: input.Key,
      versionId: input.VersionId,
      keys: objectKeys(input as KeyedInput, now),
    },
  ]
}

/** An action on the object that has another name where a version is meant. */
function versioned(action: string, ofVersion: string): Needs {
  return (input, scope) => object(input.VersionId === undefined ? action : ofVersion)(input, scope)
}

/** An action on an upload, which whoever began it may as well. */
function upload(action: string): Needs {
  return (input, scope) => object(action)(input, scope).map(need => ({ ...need, uploadId: input.UploadId }))
}

const list = bucket('ListBucket')

/**
 * Where a bucket is, everybody is told, whether they may ask or not: "calls to the HeadBucket operation always return the
 * bucket's location". https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
const head: Needs = (input, scope) => list(input, scope).map(need => ({ ...need, tellsRegion: true }))

const readObject = versioned('GetObject', 'GetObjectVersion')

/**
 * Of a key that is not there only who may list it is told so; others are told that they may not.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
const read: Needs = (input, scope) => {
  const { Bucket, Key, VersionId } = input
  const found = scope.state.buckets.get(Bucket)
  const isMissing = found !== undefined && VersionId === undefined && !currentObject(found, Key)
  if (isMissing) return [{ action: 'ListBucket', bucket: Bucket, keys: { 's3:prefix': Key } }]
  return readObject(input, scope)
}

const write: Needs = (input, scope) => [
  ...object('PutObject')(input, scope),
  ...(input.Tagging ? object('PutObjectTagging')(input, scope) : []),
  ...(saysAcl(input) ? object('PutObjectAcl')(input, scope).map(need => ({ ...need, newAcl: input })) : []),
  ...(input.ObjectLockMode === undefined ? [] : object('PutObjectRetention')(input, scope)),
  ...(input.ObjectLockLegalHoldStatus === undefined ? [] : object('PutObjectLegalHold')(input, scope)),
]

/** Going past governance mode needs a permission of its own. */
const bypass: Needs = (input, scope) =>
  input.BypassGovernanceRetention ? object('BypassGovernanceRetention')(input, scope) : []

/** A copy reads its source, with the tags that it takes over, and writes. */
const copy: Needs = (input, scope) => {
  const source = sourceOf(input)
  const tagged = source && copiesTags(input, source, scope)
  return [
    ...write(input, scope),
    ...(tagged ? object('PutObjectTagging')(input, scope) : []),
    ...(source ? read(source, scope) : []),
    ...(source && tagged ? versioned('GetObjectTagging', 'GetObjectVersionTagging')(source, scope) : []),
  ]
}

const copyPart: Needs = (input, scope) => {
  const source = sourceOf(input)
  return [...object('PutObject')(input, scope), ...(source ? read(source, scope) : [])]
}

/** A source that cannot be read is the operation's to refuse. */
function sourceOf({ CopySource = '' }: Input): Input | undefined {
  const source = parseCopySource(CopySource)
  if ('fault' in source) return undefined
  return {
    Bucket: source.bucketName,
    Key: source.key,
    ...(source.versionId && { VersionId: source.versionId }),
  }
}

function copiesTags({ TaggingDirective }: Input, source: Input, { state }: Scope): boolean {
  if (TaggingDirective === 'REPLACE') return false
  const found = state.buckets.get(source.Bucket)
  return found !== undefined && (currentObject(found, source.Key)?.tags.length ?? 0) > 0
}

const create: Needs = (input, scope) => [
  ...bucket('CreateBucket')(input, scope),
  ...(saysAcl(input) ? bucket('PutBucketAcl')(input, scope) : []),
  ...(input.ObjectOwnership === undefined ? [] : bucket('PutBucketOwnershipControls')(input, scope)),
  ...(input.ObjectLockEnabledForBucket
    ? [
        ...bucket('PutBucketObjectLockConfiguration')(input, scope),
        ...bucket('PutBucketVersioning')(input, scope),
      ]
    : []),
  ...(input.CreateBucketConfiguration?.Tags?.length ? bucket('TagResource')(input, scope) : []),
]

/** Operations on a bucket's settings whose action has another name than theirs. */
const settings = {
  DeleteBucketCors: 'PutBucketCORS',
  DeleteBucketEncryption: 'PutEncryptionConfiguration',
  DeleteBucketLifecycle: 'PutLifecycleConfiguration',
  DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
  DeleteBucketReplication: 'PutReplicationConfiguration',
  DeleteBucketTagging: 'PutBucketTagging',
  DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetBucketAbac: 'GetBucketAbac',
  PutBucketAbac: 'PutBucketAbac',
  GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
  GetBucketCors: 'GetBucketCORS',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  GetBucketNotificationConfiguration: 'GetBucketNotification',
  GetBucketReplication: 'GetReplicationConfiguration',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  GetBucketInventoryConfiguration: 'GetInventoryConfiguration',
  PutBucketInventoryConfiguration: 'PutInventoryConfiguration',
  DeleteBucketInventoryConfiguration: 'PutInventoryConfiguration',
  ListBucketInventoryConfigurations: 'GetInventoryConfiguration',
  GetBucketAnalyticsConfiguration: 'GetAnalyticsConfiguration',
  PutBucketAnalyticsConfiguration: 'PutAnalyticsConfiguration',
  DeleteBucketAnalyticsConfiguration: 'PutAnalyticsConfiguration',
  ListBucketAnalyticsConfigurations: 'GetAnalyticsConfiguration',
  GetBucketMetricsConfiguration: 'GetMetricsConfiguration',
  PutBucketMetricsConfiguration: 'PutMetricsConfiguration',
  DeleteBucketMetricsConfiguration: 'PutMetricsConfiguration',
  ListBucketMetricsConfigurations: 'GetMetricsConfiguration',
  GetBucketIntelligentTieringConfiguration: 'GetIntelligentTieringConfiguration',
  PutBucketIntelligentTieringConfiguration: 'PutIntelligentTieringConfiguration',
  DeleteBucketIntelligentTieringConfiguration: 'PutIntelligentTieringConfiguration',
  ListBucketIntelligentTieringConfigurations: 'GetIntelligentTieringConfiguration',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListObjectVersions: 'ListBucketVersions',
  PutBucketAccelerateConfiguration: 'PutAccelerateConfiguration',
  PutBucketCors: 'PutBucketCORS',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  PutBucketNotificationConfiguration: 'PutBucketNotification',
  PutBucketReplication: 'PutReplicationConfiguration',
  PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
} as const

/** Operations on a bucket whose action has their own name. */
const sameName = [
  'DeleteBucket',
  'DeleteBucketPolicy',
  'DeleteBucketWebsite',
  'GetBucketAcl',
  'GetBucketLocation',
  'GetBucketLogging',
  'GetBucketOwnershipControls',
  'GetBucketPolicy',
  'GetBucketPolicyStatus',
  'GetBucketRequestPayment',
  'GetBucketTagging',
  'GetBucketVersioning',
  'GetBucketWebsite',
  'PutBucketAcl',
  'PutBucketLogging',
  'PutBucketOwnershipControls',
  'PutBucketPolicy',
  'PutBucketRequestPayment',
  'PutBucketTagging',
  'PutBucketVersioning',
  'PutBucketWebsite',
]

/** What each call of S3 needs. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const needs: Readonly<Record<string, Needs>> = {
  ...Object.fromEntries(Object.entries(settings).map(([name, action]) => [name, bucket(action)])),
  ...Object.fromEntries(sameName.map(name => [name, bucket(name)])),
  HeadBucket: head,
  ListObjects: list,
  ListObjectsV2: list,
  GetObject: read,
  HeadObject: read,
  GetObjectAttributes: (input, scope) => [
    ...read(input, scope),
    ...versioned('GetObjectAttributes', 'GetObjectVersionAttributes')(input, scope),
  ],
  GetObjectAcl: versioned('GetObjectAcl', 'GetObjectVersionAcl'),
  GetObjectTagging: versioned('GetObjectTagging', 'GetObjectVersionTagging'),
  GetObjectRetention: object('GetObjectRetention'),
  GetObjectTorrent: object('GetObjectTorrent'),
  ListTagsForResource: tagged('ListTagsForResource'),
  TagResource: tagged('TagResource'),
  UntagResource: tagged('UntagResource'),
  RestoreObject: object('RestoreObject'),
  SelectObjectContent: object('GetObject'),
  GetObjectLegalHold: object('GetObjectLegalHold'),
  PutObject: write,
  PostObject: write,
  PutObjectRetention: (input, scope) => [
    ...object('PutObjectRetention')(input, scope),
    ...bypass(input, scope),
  ],
  PutObjectLegalHold: object('PutObjectLegalHold'),
  PutObjectAcl: versioned('PutObjectAcl', 'PutObjectVersionAcl'),
  PutObjectTagging: versioned('PutObjectTagging', 'PutObjectVersionTagging'),
  CreateMultipartUpload: write,
  UploadPart: object('PutObject'),
  CompleteMultipartUpload: object('PutObject'),
  AbortMultipartUpload: upload('AbortMultipartUpload'),
  ListParts: upload('ListMultipartUploadParts'),
  CopyObject: copy,
  UploadPartCopy: copyPart,
  DeleteObject: deletes,
  DeleteObjectTagging: versioned('DeleteObjectTagging', 'DeleteObjectVersionTagging'),
  // Each key is asked about by itself: see the operation.
  DeleteObjects: () => [],
}

/** What each call needs, with what its bucket and object say of it. */
export const permissions: PermissionTable<S3State> = {
  ...Object.fromEntries(
    Object.entries(needs).map(([operation, needsOf]) => [
      operation,
      (input: Input, scope: PermissionScope<S3State>) =>
        needsOf(input, scope).flatMap(need => permissionOf(need, scope) ?? []),
    ]),
  ),
  // What is asked of the caller's own account, whoever has a bucket of that name.
  CreateBucket: (input: Input, scope: PermissionScope<S3State>) =>
    create(input, scope).map(({ action, keys }) => ({
      action: `s3:${action}`,
      resource: s3Arn(input.Bucket),
      ...(keys && { keys }),
    })),
  ListBuckets: (): readonly Permission[] => [{ action: 's3:ListAllMyBuckets', resource: 'arn:aws:s3:::*' }],
}

/** What deleting a key, or a version of it, needs. */
export function deletes(
  input: Pick<Input, 'Bucket' | 'Key' | 'VersionId' | 'BypassGovernanceRetention'>,
  scope: Scope,
): readonly Need[] {
  return [...versioned('DeleteObject', 'DeleteObjectVersion')(input, scope), ...bypass(input, scope)]
}
