import type {
  AnalyticsConfiguration,
  CORSRule,
  Event,
  Grant,
  IntelligentTieringConfiguration,
  InventoryConfiguration,
  LifecycleRule,
  LoggingEnabled,
  MetricsConfiguration,
  ReplicationConfiguration,
  ServerSideEncryptionRule,
  Tag,
  WebsiteConfiguration,
} from '@aws-sdk/client-s3'
import type { Blob } from '../../cloud/blob-store.ts'
import type { PublicAccessBlock } from './buckets/public-access.ts'
import type { StoredChecksum } from './checksums/algorithms.ts'
import type { NamedConfigurations } from './configurations/named.ts'
import type { KeyIndex } from './keys/key-index.ts'

/** Everything S3 knows, of all accounts: they share the names of buckets. */
export interface S3State {
  readonly buckets: Map<string, Bucket>
  /** Grows with every change of an object: orders what happened within one second. */
  changes: number
}

/** One bucket with its configuration and what is in it. */
export interface Bucket {
  readonly name: string
  readonly region: string
  /** Whether it was created in `EU`, as eu-west-1 was called before. */
  readonly isCalledEu?: true
  /** Twelve digits: the account that has it. */
  readonly ownerAccountId: string
  /** Milliseconds since the epoch, whole seconds. */
  readonly createdAt: number
  /** Absent when its controls were deleted: ACLs count then. */
  objectOwnership?: string
  versioning?: 'Enabled' | 'Suspended'
  tags?: readonly Tag[]
  lifecycle?: StoredLifecycle
  notifications?: BucketNotifications
  /** Who else may use it, as JSON. */
  policy?: string
  publicAccessBlock?: PublicAccessBlock
  /** Absent where the owner alone has everything. */
  acl?: readonly Grant[]
  /** Absent for AWS's default, SSE-S3. */
  encryption?: BucketEncryption
  acceleration?: 'Enabled' | 'Suspended'
  payer?: 'BucketOwner' | 'Requester'
  logging?: LoggingEnabled
  /** Absent where nothing can be locked; once there it stays. */
  objectLock?: BucketObjectLock
  replication?: ReplicationConfiguration
  inventories?: NamedConfigurations<InventoryConfiguration>
  analytics?: NamedConfigurations<AnalyticsConfiguration>
  metrics?: NamedConfigurations<MetricsConfiguration>
  tierings?: NamedConfigurations<IntelligentTieringConfiguration>
  /** Absent where it is no website. */
  website?: WebsiteConfiguration
  /** Absent where nobody said; then tags decide nothing. */
  abac?: 'Enabled' | 'Disabled'
  /** The keys (ordered text, see keys/) with objects that are taken out of their archive. */
  restoring?: Set<string>
  /** Which pages may use it, the first rule that fits counts; never none. */
  cors?: readonly CORSRule[]
  /** The keys of `objects` in UTF-8 order. */
  readonly keys: KeyIndex
  /** By key (ordered text, see keys/): its versions, oldest first, so that the current one is the last; never none. */
  readonly objects: Map<string, ObjectVersion[]>
  /** Multipart uploads under way, by upload id. */
  readonly uploads: Map<string, MultipartUpload>
}

/** GOVERNANCE may be passed by who says so and may; COMPLIANCE by nobody. */
export type RetentionMode = 'GOVERNANCE' | 'COMPLIANCE'

/** How a bucket locks its objects. */
export interface BucketObjectLock {
  /** For new objects whose writers say none; days or years. */
  readonly defaultRetention?: {
    readonly mode: RetentionMode
    readonly days?: number
    readonly years?: number
  }
}

/** Until when a version may not be deleted. */
export interface Retention {
  readonly mode: RetentionMode
  /** Milliseconds since the epoch. */
  readonly until: number
}

/** What keeps a version from being deleted. */
export interface ObjectLock {
  readonly retention?: Retention
  readonly legalHold?: 'ON' | 'OFF'
}

/** How a bucket's objects are encrypted whose writers do not say. */
export interface BucketEncryption {
  /** As it is answered. */
  readonly rule: ServerSideEncryptionRule
  readonly ofObjects: ObjectEncryption
}

/** A bucket's lifecycle as it was put. */
export interface StoredLifecycle {
  readonly rules: readonly LifecycleRule[]
  readonly transitionDefaultMinimumObjectSize: string
  /** Milliseconds since the epoch when it was put. */
  readonly putAt: number
  /** The day of UTC, counted from the epoch, whose work is done. */
  ranOnDay?: number
}

/** Whom a bucket tells of its changes. */
export interface BucketNotifications {
  readonly notifications: readonly StoredNotification[]
  /** Whether everything is told to EventBridge as well. */
  readonly eventBridge: boolean
}

/** One target and what it is told of. */
export interface StoredNotification {
  readonly id: string
  readonly kind: 'topic' | 'queue' | 'function'
  readonly targetArn: string
  /** e.g. `s3:ObjectCreated:*` */
  readonly events: readonly Event[]
  /** At most one of each name, in the order in which they were put. */
  readonly rules: readonly KeyRule[]
}

/** What a key must begin or end with, as the key itself is written (not encoded). */
export interface KeyRule {
  readonly name: 'prefix' | 'suffix'
  readonly value: string
}

/** One version of a key: an object or the marker that it was deleted. */
export type ObjectVersion = StoredObject | DeleteMarker

/** Where a version stands in its key's history. */
interface VersionPlace {
  /** `null` as text for what was written without versioning. */
  readonly versionId: string
  /** Milliseconds since the epoch, whole seconds as in AWS's answers. */
  readonly lastModified: number
  /** `S3State.changes` when it was written. */
  readonly change: number
}

/** The marker that a delete leaves in a versioned bucket. */
export interface DeleteMarker extends VersionPlace {
  readonly kind: 'marker'
}

/** An object's bytes and all that was said of them. */
export interface StoredObject extends VersionPlace {
  readonly kind: 'object'
  /** The account that wrote it, where its bucket's owner does not own it. */
  readonly ownerAccountId?: string
  readonly size: number
  /** Without quotes. */
  readonly eTag: string
  /** The bytes in order; more than one for the parts of a multipart upload. */
  readonly blobs: readonly Blob[]
  /** The first counter of each blob where they are encrypted by a customer's key. */
  readonly ivs?: readonly Buffer[]
  readonly attributes: ObjectAttributes
  readonly checksum?: StoredChecksum
  /** Only of objects that came as a multipart upload. */
  readonly parts?: readonly CompletedPart[]
  /** The upload that it came from, so that a completion which is sent again is answered again. */
  readonly uploadId?: string
  tags: readonly Tag[]
  lock?: ObjectLock
  /** Absent where the owner alone has everything. */
  acl?: readonly Grant[]
  /** Of an archived object that somebody asked for. */
  restoration?: Restoration
}

/** A copy of an archived object that can be read for some time; milliseconds since the epoch. */
export interface Restoration {
  readonly readyAt: number
  readonly expiresAt: number
  /** Whether the bucket's targets were told that it is ready. */
  readonly isTold?: boolean
}

/** What a client says of an object besides its bytes. */
export interface ObjectAttributes {
  readonly contentType: string
  readonly cacheControl?: string
  readonly contentDisposition?: string
  readonly contentEncoding?: string
  readonly contentLanguage?: string
  /** Milliseconds since the epoch. */
  readonly expires?: number
  readonly websiteRedirectLocation?: string
  /** Names in lower case, values in ASCII as they are answered. */
  readonly metadata: Readonly<Record<string, string>>
  readonly storageClass: string
  readonly encryption: ObjectEncryption
}

/** The server-side encryption that was asked for; without a customer's key the bytes stay as they are. */
export interface ObjectEncryption {
  readonly algorithm: string
  readonly kmsKeyId?: string
  readonly bucketKeyEnabled?: boolean
  /** Where its writer brought the key (SSE-C): then the bytes are encrypted. */
  readonly customerKey?: CustomerKeyProof
}

/** What is kept of a customer's key, so that the same one is known again. */
export interface CustomerKeyProof {
  /** MD5 in base64, as it is answered. */
  readonly md5: string
  /** SHA-256 in hexadecimal. */
  readonly hash: string
}

/** A part as its completed object remembers it, for reads by part number. */
export interface CompletedPart {
  readonly partNumber: number
  readonly size: number
  readonly checksum?: string
}

/** A multipart upload under way. */
export interface MultipartUpload {
  readonly id: string
  readonly key: string
  /** The account that began it. */
  readonly initiatorAccountId: string
  /** Whose the object will be, where not its bucket's owner's. */
  readonly ownerAccountId?: string
  /** Milliseconds since the epoch, whole seconds. */
  readonly initiatedAt: number
  /** `S3State.changes` when it began. */
  readonly change: number
  /** Whether the key had an object when the upload began. */
  readonly keyExisted: boolean
  readonly attributes: ObjectAttributes
  readonly tags: readonly Tag[]
  readonly checksum?: Pick<StoredChecksum, 'algorithm' | 'type'>
  readonly lock?: ObjectLock
  readonly acl?: readonly Grant[]
  readonly parts: Map<number, UploadedPart>
}

/** A part that was uploaded and waits for its upload to complete. */
export interface UploadedPart {
  readonly partNumber: number
  readonly size: number
  /** Without quotes. */
  readonly eTag: string
  readonly lastModified: number
  readonly checksum?: StoredChecksum
  /** Base64; only in uploads that promised no checksum, where that of the whole object follows from it. */
  readonly crc64Nvme?: string
  readonly blob: Blob
  /** The first counter where it is encrypted by a customer's key. */
  readonly iv?: Buffer
}

/** The state of a cloud where nobody has used S3. */
export function createS3State(): S3State {
  return { buckets: new Map(), changes: 0 }
}
