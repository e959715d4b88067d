import type { ServerSideEncryption } from '@aws-sdk/client-s3'
import {
  type EncryptingBucket,
  type EncryptionMembers,
  readEncryption,
  withKey,
} from '../buckets/encryption.ts'
import { customerKeysBlocked, invalidCustomerKey } from '../customer-keys/errors.ts'
import { type CustomerKey, type CustomerKeyMembers, readCustomerKey } from '../customer-keys/keys.ts'
import { invalidStorageClass, keyTooLong } from '../errors.ts'
import { maxKeyBytes } from '../limits.ts'
import type { BucketEncryption, ObjectAttributes, ObjectEncryption } from '../state.ts'
import { noMetadata, readMetadata } from './metadata.ts'

/** The members by which PutObject, CopyObject and CreateMultipartUpload describe an object. */
export interface DescribedInput extends EncryptionMembers, CustomerKeyMembers {
  readonly CacheControl?: string | undefined
  readonly ContentDisposition?: string | undefined
  readonly ContentEncoding?: string | undefined
  readonly ContentLanguage?: string | undefined
  readonly ContentType?: string | undefined
  readonly Expires?: Date | undefined
  readonly Metadata?: Readonly<Record<string, string>> | undefined
  /** User metadata comes from a form: what looks like an RFC 2047 word in it is text. */
  readonly keepsWords?: boolean | undefined
  readonly StorageClass?: string | undefined
  readonly WebsiteRedirectLocation?: string | undefined
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
 * @throws AwsError MetadataTooLarge, InvalidStorageClass, InvalidArgument, AccessDenied
 */
export function readAttributes(input: DescribedInput, bucket: EncryptingBucket): ObjectAttributes {
  const { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, Expires } = input
  const { WebsiteRedirectLocation } = input
  return {
    ...plainAttributes,
    ...(input.ContentType && { contentType: input.ContentType }),
    ...(CacheControl !== undefined && { cacheControl: CacheControl }),
    ...(ContentDisposition !== undefined && { contentDisposition: ContentDisposition }),
    ...(ContentEncoding !== undefined && { contentEncoding: ContentEncoding }),
    ...(ContentLanguage !== undefined && { contentLanguage: ContentLanguage }),
    ...(Expires !== undefined && { expires: Expires.getTime() }),
    ...(WebsiteRedirectLocation !== undefined && { websiteRedirectLocation: WebsiteRedirectLocation }),
    ...(input.Metadata !== undefined && { metadata: readMetadata(input.Metadata, input.keepsWords) }),
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
export function encryptionMembers({
  algorithm,
  kmsKeyId,
  bucketKeyEnabled,
  customerKey,
}: ObjectEncryption): EncryptionAnswer {
  if (customerKey !== undefined)
    return { SSECustomerAlgorithm: algorithm, SSECustomerKeyMD5: customerKey.md5 }
  return {
    ServerSideEncryption: algorithm as ServerSideEncryption,
    ...(kmsKeyId !== undefined && { SSEKMSKeyId: kmsKeyId }),
    ...(bucketKeyEnabled === true && { BucketKeyEnabled: true }),
  }
}

/** How answers tell an object's encryption. */
interface EncryptionAnswer {
  ServerSideEncryption?: ServerSideEncryption
  SSEKMSKeyId?: string
  BucketKeyEnabled?: boolean
  SSECustomerAlgorithm?: string
  SSECustomerKeyMD5?: string
}

function readStorageClass(storageClass: string): string {
  if (!storageClasses.has(storageClass)) throw invalidStorageClass(storageClass)
  return storageClass
}

/** What the writer says counts before what the bucket says. */
function encryptionOf(
  input: DescribedInput,
  bucket: EncryptingBucket,
): Pick<ObjectAttributes, 'encryption'> | object {
  const { encryption } = bucket
  refuseTwoEncryptions(input)
  const key = readCustomerKey(input)
  if (key) return { encryption: customerEncryption(key, encryption) }
  const isSaid =
    input.ServerSideEncryption !== undefined ||
    input.SSEKMSKeyId !== undefined ||
    input.BucketKeyEnabled !== undefined
  if (isSaid) return { encryption: readEncryption(input, bucket) }
  return encryption === undefined ? {} : { encryption: withKey(encryption.ofObjects, bucket) }
}

function refuseTwoEncryptions({ ServerSideEncryption: other, SSECustomerAlgorithm }: DescribedInput): void {
  if (other === undefined || SSECustomerAlgorithm === undefined) return
  const message =
    'Server Side Encryption with Customer provided key is incompatible with the encryption method specified'
  throw invalidCustomerKey(message, other)
}

/** How an object is encrypted whose writer brought the key; a bucket may refuse such keys. */
function customerEncryption(
  { proof }: CustomerKey,
  encryption: BucketEncryption | undefined,
): ObjectEncryption {
  if (encryption?.rule.BlockedEncryptionTypes?.EncryptionType?.includes('SSE-C')) throw customerKeysBlocked()
  return { algorithm: 'AES256', customerKey: proof }
}
