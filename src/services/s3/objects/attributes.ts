import type { ServerSideEncryption } from '@aws-sdk/client-s3'
import { type EncryptionMembers, readEncryption } from '../buckets/encryption.ts'
import { headerNotImplemented, invalidStorageClass, keyTooLong } from '../errors.ts'
import { maxKeyBytes } from '../limits.ts'
import type { Bucket, ObjectAttributes, ObjectEncryption } from '../state.ts'
import { noMetadata, readMetadata } from './metadata.ts'

/** The members by which PutObject, CopyObject and CreateMultipartUpload describe an object. */
export interface DescribedInput extends EncryptionMembers {
  readonly CacheControl?: string | undefined
  readonly ContentDisposition?: string | undefined
  readonly ContentEncoding?: string | undefined
  readonly ContentLanguage?: string | undefined
  readonly ContentType?: string | undefined
  readonly Expires?: Date | undefined
  readonly Metadata?: Readonly<Record<string, string>> | undefined
  readonly StorageClass?: string | undefined
  readonly WebsiteRedirectLocation?: string | undefined
  readonly SSECustomerAlgorithm?: string | undefined
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

/** What most objects say of themselves: shared, so that a million of them keep it once. */
const plainAttributes: ObjectAttributes = {
  contentType: defaultContentType,
  metadata: noMetadata,
  storageClass: defaultStorageClass,
  encryption: { algorithm: 'AES256' },
}

/**
 * Reads what a request says of an object besides its bytes.
 * @throws AwsError MetadataTooLarge, InvalidStorageClass, InvalidArgument, NotImplemented
 */
export function readAttributes(input: DescribedInput, bucket: Pick<Bucket, 'encryption'>): ObjectAttributes {
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
    ...encryptionOf(input, bucket),
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

/** What the writer says counts before what the bucket says. */
function encryptionOf(
  input: DescribedInput,
  { encryption }: Pick<Bucket, 'encryption'>,
): Pick<ObjectAttributes, 'encryption'> | object {
  const isSaid =
    input.ServerSideEncryption !== undefined ||
    input.SSEKMSKeyId !== undefined ||
    input.BucketKeyEnabled !== undefined
  if (isSaid) return { encryption: readEncryption(input, encryption) }
  return encryption === undefined ? {} : { encryption: encryption.ofObjects }
}

/** What would be lost in silence is refused instead. */
function refuseUnsupported(input: DescribedInput): void {
  if (input.SSECustomerAlgorithm !== undefined) {
    throw headerNotImplemented('x-amz-server-side-encryption-customer-algorithm')
  }
}
