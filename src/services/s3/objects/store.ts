import type { Grant, Tag } from '@aws-sdk/client-s3'
import type { Blob } from '../../../cloud/blob-store.ts'
import type { OperationContext } from '../../../cloud/operation.ts'
import type { StoredChecksum } from '../checksums/algorithms.ts'
import { noSuchBucket } from '../errors.ts'
import { emitObjectEvent } from '../events.ts'
import { lockOfNew } from '../object-lock/lock.ts'
import type { Bucket, CompletedPart, ObjectAttributes, ObjectLock, S3State, StoredObject } from '../state.ts'
import { checkWriteConditions, type WriteConditions } from './conditions.ts'
import { addVersion, newVersionId, wholeSeconds } from './versions.ts'

/** An object that is complete but for its place. */
export interface NewObject {
  readonly key: string
  /** Where its bucket's owner does not own it. */
  readonly ownerAccountId?: string | undefined
  readonly blobs: readonly Blob[]
  readonly ivs?: readonly Buffer[] | undefined
  readonly size: number
  readonly eTag: string
  readonly attributes: ObjectAttributes
  readonly tags: readonly Tag[]
  readonly checksum?: StoredChecksum | undefined
  readonly parts?: readonly CompletedPart[]
  readonly uploadId?: string
  readonly lock?: ObjectLock | undefined
  readonly acl?: readonly Grant[] | undefined
}

/** Where an object goes, and what the event is called that tells of it. */
export interface Destination {
  readonly state: S3State
  readonly bucket: Bucket
  readonly eventName: string
}

/** Makes an object the current version of its key, and tells of it. */
export function storeObject(
  destination: Destination,
  object: NewObject,
  context: OperationContext,
): StoredObject {
  const { state, bucket, eventName } = destination
  const { key, ownerAccountId, checksum, parts, uploadId } = object
  const change = ++state.changes
  const now = context.clock.now()
  const lock = lockOfNew(bucket, object.lock, now)
  const version: StoredObject = {
    kind: 'object',
    versionId: newVersionId(bucket, change, context),
    lastModified: wholeSeconds(now),
    change,
    size: object.size,
    eTag: object.eTag,
    blobs: object.blobs,
    attributes: object.attributes,
    tags: object.tags,
    ...(ownerAccountId !== undefined && { ownerAccountId }),
    ...(checksum !== undefined && { checksum }),
    ...(parts !== undefined && { parts }),
    ...(uploadId !== undefined && { uploadId }),
    ...(object.ivs !== undefined && { ivs: object.ivs }),
    ...(lock !== undefined && { lock }),
    ...(object.acl !== undefined && { acl: object.acl }),
  }
  addVersion(bucket, key, version, context)
  emitObjectEvent(eventName, { bucket, key, version, sequence: version.change }, context)
  return version
}

/** A body that was stored, with the digests that were computed of it. */
export interface StoredBody {
  readonly blob: Blob
  readonly eTag: string
  readonly checksum?: StoredChecksum
  readonly iv?: Buffer
}

/** An object that is one body, which is put where the conditions still hold. */
export type NewObjectOfBody = Omit<NewObject, 'blobs' | 'ivs' | 'size' | 'eTag' | 'checksum'> & {
  readonly body: StoredBody
  readonly conditions: WriteConditions
}

/**
 * Makes a body an object, once what may have changed while it was received is checked again; on refusal it is freed.
 * @throws AwsError NoSuchBucket, PreconditionFailed, NoSuchKey
 */
export function storeBody(
  destination: Destination,
  { body, conditions, ...described }: NewObjectOfBody,
  context: OperationContext,
): StoredObject {
  const { blob, eTag, checksum, iv } = body
  recheckDestination(destination, { key: described.key, blob, conditions }, context)
  return storeObject(
    destination,
    { ...described, blobs: [blob], ivs: iv && [iv], size: blob.size, eTag, checksum },
    context,
  )
}

function recheckDestination(
  { state, bucket }: Destination,
  received: { readonly key: string; readonly blob: Blob; readonly conditions: WriteConditions },
  context: OperationContext,
): void {
  try {
    if (state.buckets.get(bucket.name) !== bucket) throw noSuchBucket(bucket.name)
    checkWriteConditions(received.conditions, bucket, received.key)
  } catch (error) {
    context.blobs.remove(received.blob)
    throw error
  }
}
