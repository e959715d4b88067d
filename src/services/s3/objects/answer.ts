import type { HeadObjectOutput } from '@aws-sdk/client-s3'
import { checksumMember, type StoredChecksum } from '../checksums/algorithms.ts'
import type { Answer } from '../input.ts'
import { expirationHeader } from '../lifecycle/rules.ts'
import { restoreHeader } from '../restore/restoration.ts'
import type { Bucket, ObjectLock, StoredObject } from '../state.ts'
import { defaultStorageClass, encryptionMembers } from './attributes.ts'
import type { ByteSpan } from './read.ts'

/** The members by which a reader replaces the headers of an answer. */
export interface Overrides {
  readonly ResponseCacheControl?: string | undefined
  readonly ResponseContentDisposition?: string | undefined
  readonly ResponseContentEncoding?: string | undefined
  readonly ResponseContentLanguage?: string | undefined
  readonly ResponseContentType?: string | undefined
  readonly ResponseExpires?: Date | undefined
}

/** What a GET or HEAD asked for. */
export interface ReadRequest extends Overrides {
  readonly Key: string
  readonly VersionId?: string | undefined
  readonly PartNumber?: number | undefined
  readonly ChecksumMode?: string | undefined
}

/** A span of an object to answer; `isPart` when it was asked for by part number. */
export interface ReadSpan extends ByteSpan {
  readonly isWhole: boolean
}

/** An entity tag as headers and documents carry it. */
export function quoted(eTag: string): string {
  return `"${eTag}"`
}

/** The members of a checksum in an answer. */
export function checksumMembers(checksum: StoredChecksum | undefined): Record<string, string> {
  if (checksum === undefined) return {}
  return { [checksumMember(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type }
}

/** Everything that GetObject and HeadObject answer besides the bytes. */
export function describeObject(
  { bucket, object, now }: { readonly bucket: Bucket; readonly object: StoredObject; readonly now: number },
  request: ReadRequest,
  span: ReadSpan,
): Answer<HeadObjectOutput> {
  const { attributes } = object
  const output: Answer<HeadObjectOutput> = {
    AcceptRanges: 'bytes',
    LastModified: new Date(object.lastModified),
    ContentLength: span.end - span.start,
    ETag: quoted(object.eTag),
    ContentType: request.ResponseContentType ?? attributes.contentType,
    CacheControl: request.ResponseCacheControl ?? attributes.cacheControl,
    ContentDisposition: request.ResponseContentDisposition ?? attributes.contentDisposition,
    ContentEncoding: request.ResponseContentEncoding ?? attributes.contentEncoding,
    ContentLanguage: request.ResponseContentLanguage ?? attributes.contentLanguage,
    WebsiteRedirectLocation: attributes.websiteRedirectLocation,
    Metadata: attributes.metadata,
    ...encryptionMembers(attributes.encryption),
  }
  const expires =
    request.ResponseExpires ?? (attributes.expires === undefined ? undefined : new Date(attributes.expires))
  if (expires !== undefined) output.Expires = expires
  if (attributes.storageClass !== defaultStorageClass) {
    output.StorageClass = attributes.storageClass as NonNullable<HeadObjectOutput['StorageClass']>
  }
  if (bucket.versioning !== undefined) output.VersionId = object.versionId
  if (object.tags.length > 0) output.TagCount = object.tags.length
  if (object.restoration !== undefined) output.Restore = restoreHeader(object, now)
  if (object.lock !== undefined) Object.assign(output, lockMembers(object.lock))
  if (bucket.lifecycle !== undefined && request.VersionId === undefined) {
    output.Expiration = expirationHeader(bucket, request.Key, object)
  }
  if (!span.isWhole) describeSpan(output, object, span)
  if (request.PartNumber !== undefined && object.parts !== undefined) output.PartsCount = object.parts.length
  if (request.ChecksumMode?.toUpperCase() === 'ENABLED')
    Object.assign(output, checksumMembers(checksumOf(object, request, span)))
  return output
}

function lockMembers({ retention, legalHold }: ObjectLock): Answer<HeadObjectOutput> {
  return {
    ...(retention && {
      ObjectLockMode: retention.mode,
      ObjectLockRetainUntilDate: new Date(retention.until),
    }),
    ...(legalHold !== undefined && { ObjectLockLegalHoldStatus: legalHold }),
  }
}

function describeSpan(
  output: Answer<HeadObjectOutput>,
  object: StoredObject,
  { start, end }: ReadSpan,
): void {
  output.$status = 206
  output.ContentRange = `bytes ${start}-${end - 1}/${object.size}`
}

/** A checksum is told only with the bytes that it covers: one part of a composite one, or the whole object. */
function checksumOf(object: StoredObject, request: ReadRequest, span: ReadSpan): StoredChecksum | undefined {
  const { checksum, parts } = object
  if (checksum?.type === 'COMPOSITE' && request.PartNumber !== undefined) {
    const part = parts?.find(({ partNumber }) => partNumber === request.PartNumber)
    if (part?.checksum !== undefined) return { ...checksum, value: part.checksum }
  }
  return span.end - span.start === object.size ? checksum : undefined
}
