import type { OperationContext } from '../../../cloud/operation.ts'
import { deleteMarkerNotAllowed, invalidVersionId, noSuchKey, noSuchVersion } from '../errors.ts'
import { toOrdered } from '../keys/byte-order.ts'
import { addKey, removeKey } from '../keys/key-index.ts'
import type { Bucket, DeleteMarker, ObjectVersion, S3State, StoredObject } from '../state.ts'

/** The id of what was written without versioning. */
export const nullVersionId = 'null'

/** Whether a text has the form of the ids that versions get. */
export function isVersionId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text)
}

/** The current version of a key: an object, a delete marker or nothing. */
export function currentVersion(bucket: Bucket, key: string): ObjectVersion | undefined {
  return bucket.objects.get(toOrdered(key))?.at(-1)
}

/** The current object of a key, unless it is deleted. */
export function currentObject(bucket: Bucket, key: string): StoredObject | undefined {
  const version = currentVersion(bucket, key)
  return version?.kind === 'object' ? version : undefined
}

/** A key, and a version of it where one is named. */
export interface VersionReference {
  readonly Key: string
  readonly VersionId?: string | undefined
}

/**
 * The object that a request for reading names.
 * @throws AwsError NoSuchKey, NoSuchVersion, InvalidArgument, or MethodNotAllowed for a delete marker by its id
 */
export function findObject(bucket: Bucket, reference: VersionReference, method: string): StoredObject {
  const { Key: key, VersionId: versionId } = reference
  if (versionId === undefined) {
    const version = currentVersion(bucket, key)
    if (version === undefined) throw noSuchKey(key)
    if (version.kind === 'marker') throw markedAsDeleted(key, version)
    return version
  }
  const version = findVersion(bucket, key, versionId)
  if (version.kind === 'marker') throw deleteMarkerNotAllowed(method, version.versionId)
  return version
}

/**
 * The object whose subresource a request names: as `findObject`, but a deleted key refuses the method.
 * @throws AwsError as `findObject`
 */
export function findObjectForChange(
  bucket: Bucket,
  reference: VersionReference,
  method: string,
): StoredObject {
  if (reference.VersionId === undefined) {
    const version = currentVersion(bucket, reference.Key)
    if (version?.kind === 'marker') throw deleteMarkerNotAllowed(method, version.versionId)
  }
  return findObject(bucket, reference, method)
}

function findVersion(bucket: Bucket, key: string, versionId: string): ObjectVersion {
  const versions = bucket.objects.get(toOrdered(key))
  const version = versions?.find(candidate => candidate.versionId === versionId)
  if (version !== undefined) return version
  validateVersionId(bucket, versionId)
  throw bucket.versioning === undefined ? noSuchKey(key) : noSuchVersion(key, versionId)
}

/**
 * Refuses a version id that this bucket can never have given.
 * @throws AwsError InvalidArgument
 */
export function validateVersionId(bucket: Bucket, versionId: string): void {
  if (versionId === nullVersionId) return
  if (bucket.versioning === undefined || !isVersionId(versionId)) throw invalidVersionId(versionId)
}

function markedAsDeleted(key: string, { versionId }: DeleteMarker): Error {
  return noSuchKey(key, { 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionId })
}

/** The id of a version that is written in a bucket as its account's change number `change`. */
export function newVersionId(bucket: Bucket, change: number, context: OperationContext): string {
  return bucket.versioning === 'Enabled' ? orderedId(32, change, context) : nullVersionId
}

/** Hexadecimal digits of an id that tell when it was given. */
const orderDigits = 12

/**
 * An id of `length` hexadecimal digits that ends in its order, so that a listing can go on behind an id whose owner is
 * gone, and begins at random, so that nobody can sort by it.
 */
export function orderedId(length: number, order: number, context: OperationContext): string {
  return context.ids.hex(length - orderDigits) + order.toString(16).padStart(orderDigits, '0')
}

/** The order that an id of `orderedId` was given. */
export function orderOfId(id: string): number {
  return Number.parseInt(id.slice(-orderDigits), 16)
}

/**
 * The version id that an answer about a written object carries: AWS tells it only where versioning is enabled.
 */
export function answeredVersionId(bucket: Bucket, version: ObjectVersion): string | undefined {
  return bucket.versioning === 'Enabled' ? version.versionId : undefined
}

/** Makes a version the current one of its key; what it replaces is freed. */
export function addVersion(
  bucket: Bucket,
  key: string,
  version: ObjectVersion,
  context: OperationContext,
): void {
  const ordered = toOrdered(key)
  const versions = bucket.objects.get(ordered)
  if (versions === undefined) {
    bucket.objects.set(ordered, [version])
    addKey(bucket.keys, ordered)
    return
  }
  if (version.versionId === nullVersionId) takeOut(versions, nullVersionId, context)
  versions.push(version)
}

/** Removes a version for good; `undefined` when the key has no such version. */
export function removeVersion(
  bucket: Bucket,
  reference: { readonly key: string; readonly versionId: string },
  context: OperationContext,
): ObjectVersion | undefined {
  const ordered = toOrdered(reference.key)
  const versions = bucket.objects.get(ordered)
  if (versions === undefined) return undefined
  const removed = takeOut(versions, reference.versionId, context)
  if (versions.length === 0) {
    bucket.objects.delete(ordered)
    removeKey(bucket.keys, ordered)
  }
  return removed
}

/** Puts a delete marker on top of a key's versions; `writtenAt` is when, now where it is left out. */
export function addDeleteMarker(
  state: S3State,
  target: { readonly bucket: Bucket; readonly key: string; readonly writtenAt?: number },
  context: OperationContext,
): DeleteMarker {
  const change = ++state.changes
  const marker: DeleteMarker = {
    kind: 'marker',
    versionId: newVersionId(target.bucket, change, context),
    lastModified: wholeSeconds(target.writtenAt ?? context.clock.now()),
    change,
  }
  addVersion(target.bucket, target.key, marker, context)
  return marker
}

/** Times in S3 have whole seconds. */
export function wholeSeconds(milliseconds: number): number {
  return milliseconds - (milliseconds % 1000)
}

/** Frees the bytes of a version. */
export function freeVersion(version: ObjectVersion, context: OperationContext): void {
  if (version.kind === 'object') for (const blob of version.blobs) context.blobs.remove(blob)
}

function takeOut(
  versions: ObjectVersion[],
  versionId: string,
  context: OperationContext,
): ObjectVersion | undefined {
  const at = versions.findIndex(candidate => candidate.versionId === versionId)
  if (at < 0) return undefined
  const [removed] = versions.splice(at, 1)
  if (removed !== undefined) freeVersion(removed, context)
  return removed
}
