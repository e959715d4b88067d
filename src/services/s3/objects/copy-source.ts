import type { OperationContext } from '../../../cloud/operation.ts'
import { AwsError } from '../../../core/aws-error.ts'
import { findBucket } from '../buckets/find.ts'
import { openingKey, sourceKeyMembers } from '../customer-keys/keys.ts'
import { archivedSource, invalidArgument, invalidRequest } from '../errors.ts'
import { maxSinglePutBytes } from '../limits.ts'
import { isReadable } from '../restore/restoration.ts'
import type { Bucket, S3State, StoredObject } from '../state.ts'
import { checkCopyConditions } from './conditions.ts'
import { findObject, nullVersionId } from './versions.ts'

/** The members by which CopyObject and UploadPartCopy name what they copy. */
export interface CopyInput {
  readonly CopySource?: string | undefined
  readonly CopySourceIfMatch?: string | undefined
  readonly CopySourceIfNoneMatch?: string | undefined
  readonly CopySourceIfModifiedSince?: Date | undefined
  readonly CopySourceIfUnmodifiedSince?: Date | undefined
  readonly ExpectedSourceBucketOwner?: string | undefined
  readonly RequestPayer?: string | undefined
  readonly CopySourceSSECustomerAlgorithm?: string | undefined
  readonly CopySourceSSECustomerKey?: string | undefined
  readonly CopySourceSSECustomerKeyMD5?: string | undefined
}

/** A copy's source, found. */
export interface CopySource {
  readonly bucket: Bucket
  readonly key: string
  /** Only when the request names a version. */
  readonly versionId: string | undefined
  readonly object: StoredObject
  /** The customer's key that opens it, 32 bytes. */
  readonly customerKey: Buffer | undefined
}

/**
 * Finds what a request copies, and checks the conditions on it.
 * @throws AwsError InvalidArgument, InvalidRequest, NoSuchBucket, NoSuchKey, NoSuchVersion, PreconditionFailed
 */
export function findCopySource(state: S3State, input: CopyInput, context: OperationContext): CopySource {
  const source = parseCopySource(input.CopySource ?? '')
  if ('fault' in source) throw invalidSource(source.fault)
  const { bucketName, key, versionId } = source
  const reference = {
    Bucket: bucketName,
    ExpectedBucketOwner: input.ExpectedSourceBucketOwner,
    RequestPayer: input.RequestPayer,
  }
  const bucket = findBucket(state, reference, context)
  const object = findSourceObject(bucket, { Key: key, VersionId: versionId })
  const now = context.clock.now()
  if (!isReadable(object, now)) throw archivedSource(object.attributes.storageClass)
  const conditions = {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  }
  checkCopyConditions(conditions, object, now)
  const customerKey = openingKey(object.attributes.encryption, sourceKeyMembers(input))?.bytes
  return { bucket, key, versionId, object, customerKey }
}

/**
 * Refuses a source that is larger than one copy may be.
 * @throws AwsError InvalidRequest
 */
export function limitCopySize(bytes: number): void {
  if (bytes <= maxSinglePutBytes) return
  throw invalidRequest(
    `The specified copy source is larger than the maximum allowable size for a copy source: ${maxSinglePutBytes}`,
  )
}

/** The version of the source that an answer tells: none of what was written without versioning. */
export function copySourceVersion({ object }: CopySource): { CopySourceVersionId?: string } {
  return object.versionId === nullVersionId ? {} : { CopySourceVersionId: object.versionId }
}

interface SourceName {
  readonly bucketName: string
  readonly key: string
  readonly versionId: string | undefined
}

/**
 * Parses `bucket/key` or `/bucket/key`, URL-encoded, with `?versionId=…` behind it where a version is meant.
 * A `+` is a blank, as AWS reads it. Gives what is wrong with it where it cannot be parsed.
 */
export function parseCopySource(source: string): SourceName | { readonly fault: string } {
  const [path = '', versionId] = source.split('?versionId=')
  const decoded = decodePath(path.startsWith('/') ? path.slice(1) : path)
  if (decoded === undefined) return { fault: 'Invalid copy source encoding.' }
  const slash = decoded.indexOf('/')
  if (slash <= 0 || slash === decoded.length - 1) return { fault: 'Invalid copy source object key' }
  return { bucketName: decoded.slice(0, slash), key: decoded.slice(slash + 1), versionId }
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '))
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause
    return undefined
  }
}

function findSourceObject(
  bucket: Bucket,
  reference: { Key: string; VersionId: string | undefined },
): StoredObject {
  try {
    return findObject(bucket, reference, 'GET')
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'MethodNotAllowed') throw error
    throw invalidRequest(
      'The source of a copy request may not specifically refer to a delete marker by version id.',
    )
  }
}

function invalidSource(message: string): AwsError {
  return invalidArgument(message, 'x-amz-copy-source', 'x-amz-copy-source')
}
