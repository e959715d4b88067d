import type { ServerSideEncryption } from '@aws-sdk/client-s3'
import {
  headerNotImplemented,
  invalidArgument,
  invalidRequest,
  invalidStorageClass,
  keyTooLong,
} from '../errors.ts'
import { maxKeyBytes } from '../limits.ts'
import type { ObjectAttributes, ObjectEncryption } from '../state.ts'
import { noMetadata, readMetadata } from './metadata.ts'

/** The members by which PutObject, CopyObject and CreateMultipartUpload describe an object. */
export interface DescribedInput {
  readonly CacheControl?: string | undefined
  readonly ContentDisposition?: string | undefined
  readonly ContentEncoding?: string | undefined
  readonly ContentLanguage?: string | undefined
  readonly ContentType?: string | undefined
  readonly Expires?: Date | undefined
  readonly Metadata?: Readonly<Record<string, string>> | undefined
  readonly StorageClass?: string | undefined
  readonly WebsiteRedirectLocation?: string | undefined
  readonly ServerSideEncryption?: string | undefined
  readonly SSEKMSKeyId?: string | undefined
  readonly BucketKeyEnabled?: boolean | undefined
  readonly SSECustomerAlgorithm?: string | undefined
  readonly ObjectLockMode?: string | undefined
  readonly ObjectLockLegalHoldStatus?: string | undefined
}

/** The content type of an object whose writer named none. */
export const defaultContentType = 'binary/octet-stream'
export const defaultStorageClass = 'STANDARD'

const storageClasses = new Set([
  defaultStorageClass,
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
])
const archiveClasses = new Set(['GLACIER', 'DEEP_ARCHIVE'])
const encryptionAlgorithms = new Set(['AES256', 'aws:kms', 'aws:kms:dsse'])

const defaultEncryption: ObjectEncryption = { algorithm: 'AES256' }

/** What most objects say of themselves: shared, so that a million of them keep it once. */
const plainAttributes: ObjectAttributes = {
  contentType: defaultContentType,
  metadata: noMetadata,
  storageClass: defaultStorageClass,
  encryption: defaultEncryption,
}

/**
 * Reads what a request says of an object besides its bytes.
 * @throws AwsError MetadataTooLarge, InvalidStorageClass, InvalidArgument, InvalidRequest, NotImplemented
 */
export function readAttributes(input: DescribedInput): ObjectAttributes {
  refuseUnsupported(input)
  const { CacheControl, ContentDisposition, ContentLanguage, Expires, WebsiteRedirectLocation } = input
  const contentEncoding = withoutChunking(input.ContentEncoding)
  return {
    ...plainAttributes,
    ...(input.ContentType && { contentType: input.ContentType }),
    ...(CacheControl !== undefined && { cacheControl: CacheControl }),
    ...(ContentDisposition !== undefined && { contentDisposition: ContentDisposition }),
    ...(contentEncoding !== undefined && { contentEncoding }),
    ...(ContentLanguage !== undefined && { contentLanguage: ContentLanguage }),
    ...(Expires !== undefined && { expires: Expires.getTime() }),
    ...(WebsiteRedirectLocation !== undefined && { websiteRedirectLocation: WebsiteRedirectLocation }),
    ...(input.Metadata !== undefined && { metadata: readMetadata(input.Metadata) }),
    ...(input.StorageClass !== undefined && { storageClass: readStorageClass(input.StorageClass) }),
    ...(input.ServerSideEncryption !== undefined && { encryption: readEncryption(input) }),
  }
}

/**
 * Refuses a key that is too long.
 * @throws AwsError KeyTooLongError
 */
export function validateKey(key: string): void {
  if (key.length * 3 <= maxKeyBytes) return
  const bytes = Buffer.byteLength(key)
  if (bytes > maxKeyBytes) throw keyTooLong(bytes, maxKeyBytes)
}

/** Whether an object must be restored before it can be read. */
export function isArchived(attributes: ObjectAttributes): boolean {
  return archiveClasses.has(attributes.storageClass)
}

/** The members that tell an object's encryption in answers. */
export function encryptionMembers({ algorithm, kmsKeyId, bucketKeyEnabled }: ObjectEncryption): {
  ServerSideEncryption: ServerSideEncryption
  SSEKMSKeyId?: string
  BucketKeyEnabled?: boolean
} {
  return {
    ServerSideEncryption: algorithm as ServerSideEncryption,
    ...(kmsKeyId !== undefined && { SSEKMSKeyId: kmsKeyId }),
    ...(bucketKeyEnabled === true && { BucketKeyEnabled: true }),
  }
}

/** `aws-chunked` is how the body travelled, not what it is. */
function withoutChunking(contentEncoding: string | undefined): string | undefined {
  if (!contentEncoding?.includes('aws-chunked')) return contentEncoding
  const encodings = contentEncoding.split(',').map(encoding => encoding.trim())
  return encodings.filter(encoding => encoding !== 'aws-chunked').join(',') || undefined
}

function readStorageClass(storageClass: string): string {
  if (!storageClasses.has(storageClass)) throw invalidStorageClass(storageClass)
  return storageClass
}

function readEncryption(input: DescribedInput): ObjectEncryption {
  const algorithm = input.ServerSideEncryption ?? defaultEncryption.algorithm
  if (!encryptionAlgorithms.has(algorithm)) {
    const message = 'The encryption method specified is not supported'
    throw invalidArgument(message, 'x-amz-server-side-encryption', algorithm)
  }
  return {
    algorithm,
    ...(input.SSEKMSKeyId !== undefined && { kmsKeyId: input.SSEKMSKeyId }),
    ...(input.BucketKeyEnabled !== undefined && { bucketKeyEnabled: input.BucketKeyEnabled }),
  }
}

/** What would be lost in silence is refused instead. */
function refuseUnsupported(input: DescribedInput): void {
  if (input.SSECustomerAlgorithm !== undefined) {
    throw headerNotImplemented('x-amz-server-side-encryption-customer-algorithm')
  }
  if (input.ObjectLockMode !== undefined || input.ObjectLockLegalHoldStatus !== undefined) {
    throw invalidRequest('Bucket is missing Object Lock Configuration')
  }
}
