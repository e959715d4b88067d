import type { Permission, PermissionScope, PermissionTable } from '../../cloud/permission.ts'
import type { ContextFacts } from '../../cloud/policy/context-keys.ts'
import { saysAcl } from './acl/read.ts'
import { s3Arn } from './buckets/arn.ts'
import type { S3State } from './state.ts'

/** The members of inputs that permissions depend on. */
interface Input {
  readonly Bucket: string
  readonly Key: string
  readonly VersionId?: string | undefined
  readonly Prefix?: string
  readonly Delimiter?: string
  readonly MaxKeys?: number
  readonly CopySource?: string
  readonly Tagging?: unknown
  readonly ACL?: string
  readonly GrantFullControl?: string
  readonly GrantRead?: string
  readonly GrantReadACP?: string
  readonly GrantWriteACP?: string
  readonly StorageClass?: string
  readonly ServerSideEncryption?: string
  readonly ObjectLockMode?: string
  readonly ObjectLockLegalHoldStatus?: string
  readonly BypassGovernanceRetention?: boolean | undefined
}

type Needs = (input: Input) => readonly Permission[]

type NeedsTable = Readonly<Record<string, Needs>>

/** An action on the bucket. */
function bucket(action: string): Needs {
  return input => [{ action: `s3:${action}`, resource: s3Arn(input.Bucket), keys: listingKeys(input) }]
}

/** An action on the object. */
function object(action: string): Needs {
  return input => [
    { action: `s3:${action}`, resource: s3Arn(input.Bucket, input.Key), keys: objectKeys(input) },
  ]
}

/** An action on the object that has another name where a version is meant. */
function versioned(action: string, ofVersion: string): Needs {
  return input => object(input.VersionId === undefined ? action : ofVersion)(input)
}

const list = bucket('ListBucket')

/** Who may not list the bucket is not told that an object is not there. */
const read: Needs = input =>
  versioned(
    'GetObject',
    'GetObjectVersion',
  )(input).map(permission => ({
    ...permission,
    toLearnOfAbsence: { action: 's3:ListBucket', resource: s3Arn(input.Bucket) },
  }))

const write: Needs = input => [
  ...object('PutObject')(input),
  ...(input.Tagging === undefined ? [] : object('PutObjectTagging')(input)),
  ...(saysAcl(input) ? object('PutObjectAcl')(input) : []),
  ...(input.ObjectLockMode === undefined ? [] : object('PutObjectRetention')(input)),
  ...(input.ObjectLockLegalHoldStatus === undefined ? [] : object('PutObjectLegalHold')(input)),
]

/** Going past governance mode needs a permission of its own. */
const bypass: Needs = input =>
  input.BypassGovernanceRetention ? object('BypassGovernanceRetention')(input) : []

const copy: Needs = input => [...write(input), ...readSource(input.CopySource ?? '')]

function readSource(source: string): readonly Permission[] {
  const [path = '', VersionId] = source.replace(/^\//, '').split('?versionId=')
  const [Bucket = '', ...key] = decode(path).split('/')
  return read({ Bucket, Key: key.join('/'), ...(VersionId !== undefined && { VersionId }) })
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '))
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause
    // The operation itself refuses such a source.
    return path
  }
}

function listingKeys({ Prefix, Delimiter, MaxKeys }: Input): ContextFacts {
  return {
    's3:prefix': Prefix,
    's3:delimiter': Delimiter,
    's3:max-keys': MaxKeys === undefined ? undefined : String(MaxKeys),
  }
}

function objectKeys({ VersionId, ACL, StorageClass, ServerSideEncryption }: Input): ContextFacts {
  return {
    's3:VersionId': VersionId,
    's3:x-amz-acl': ACL,
    's3:x-amz-storage-class': StorageClass,
    's3:x-amz-server-side-encryption': ServerSideEncryption,
  }
}

/** Operations on a bucket's settings whose action has another name than theirs. */
const settings = {
  DeleteBucketCors: 'PutBucketCORS',
  DeleteBucketEncryption: 'PutEncryptionConfiguration',
  DeleteBucketLifecycle: 'PutLifecycleConfiguration',
  DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
  DeleteBucketReplication: 'PutReplicationConfiguration',
  DeleteBucketTagging: 'PutBucketTagging',
  DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
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
  HeadBucket: 'ListBucket',
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
  'CreateBucket',
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
const needs: NeedsTable = {
  ...Object.fromEntries(Object.entries(settings).map(([name, action]) => [name, bucket(action)])),
  ...Object.fromEntries(sameName.map(name => [name, bucket(name)])),
  ListBuckets: () => [{ action: 's3:ListAllMyBuckets', resource: 'arn:aws:s3:::*' }],
  ListObjects: list,
  ListObjectsV2: list,
  GetObject: read,
  HeadObject: read,
  GetObjectAttributes: input => [
    ...read(input),
    ...versioned('GetObjectAttributes', 'GetObjectVersionAttributes')(input),
  ],
  GetObjectAcl: versioned('GetObjectAcl', 'GetObjectVersionAcl'),
  GetObjectTagging: versioned('GetObjectTagging', 'GetObjectVersionTagging'),
  GetObjectRetention: object('GetObjectRetention'),
  GetObjectLegalHold: object('GetObjectLegalHold'),
  PutObject: write,
  PostObject: write,
  PutObjectRetention: input => [...object('PutObjectRetention')(input), ...bypass(input)],
  PutObjectLegalHold: object('PutObjectLegalHold'),
  PutObjectAcl: versioned('PutObjectAcl', 'PutObjectVersionAcl'),
  PutObjectTagging: versioned('PutObjectTagging', 'PutObjectVersionTagging'),
  CreateMultipartUpload: write,
  UploadPart: object('PutObject'),
  CompleteMultipartUpload: object('PutObject'),
  AbortMultipartUpload: object('AbortMultipartUpload'),
  ListParts: object('ListMultipartUploadParts'),
  CopyObject: copy,
  UploadPartCopy: copy,
  DeleteObject: deletes,
  DeleteObjectTagging: versioned('DeleteObjectTagging', 'DeleteObjectVersionTagging'),
  // Each key is asked about by itself: see the operation.
  DeleteObjects: () => [],
}

/** What each call needs, with what the policies of its buckets say. */
export const permissions: PermissionTable<S3State> = Object.fromEntries(
  Object.entries(needs).map(([operation, needsOf]) => [
    operation,
    (input: Input, { state }: PermissionScope<S3State>) =>
      needsOf(input).map(permission => withPolicy(permission, state)),
  ]),
)

/** A permission with the policy of the bucket that it is about. */
export function withPolicy(permission: Permission, state: S3State): Permission {
  const [name = ''] = permission.resource.slice(s3Arn('').length).split('/')
  const policy = state.buckets.get(name)?.policy
  const { toLearnOfAbsence } = permission
  return {
    ...permission,
    ...(policy !== undefined && { resourcePolicy: policy }),
    ...(toLearnOfAbsence && { toLearnOfAbsence: withPolicy(toLearnOfAbsence, state) }),
  }
}

/** What deleting a key, or a version of it, needs. */
export function deletes(
  input: Pick<Input, 'Bucket' | 'Key' | 'VersionId' | 'BypassGovernanceRetention'>,
): readonly Permission[] {
  return [...versioned('DeleteObject', 'DeleteObjectVersion')(input), ...bypass(input)]
}
