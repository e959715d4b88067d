import type { OperationContext } from '../../../cloud/operation.ts'
import { invalidArgument } from '../errors.ts'
import { emitObjectEvent } from '../events.ts'
import { toOrdered } from '../keys/byte-order.ts'
import { requireDeletable } from '../object-lock/lock.ts'
import type { Bucket, S3State } from '../state.ts'
import { addDeleteMarker, currentVersion, nullVersionId, removeVersion } from './versions.ts'

/** What a delete did to a key. */
export interface Deletion {
  /** The version that was removed, or the delete marker that was added; absent without versioning. */
  readonly versionId?: string
  /** Whether that version is a delete marker. */
  readonly isMarker: boolean
}

/** What is to be deleted, and where. */
export interface DeleteTarget {
  readonly state: S3State
  readonly bucket: Bucket
  readonly key: string
  /** Whether retentions in governance mode do not count. */
  readonly bypassesGovernance?: boolean | undefined
}

/** Deletes a key without naming a version: for good in an unversioned bucket, by a delete marker elsewhere. */
export function deleteKey({ state, bucket, key }: DeleteTarget, context: OperationContext): Deletion {
  if (bucket.versioning === undefined) {
    removeOne({ state, bucket, key }, nullVersionId, context)
    return { isMarker: false }
  }
  const marker = addDeleteMarker(state, { bucket, key }, context)
  const change = { bucket, key, version: marker, sequence: marker.change }
  emitObjectEvent('ObjectRemoved:DeleteMarkerCreated', change, context)
  return { versionId: marker.versionId, isMarker: true }
}

/**
 * Removes one version for good; a version that is not there is no error.
 * @throws AwsError AccessDenied when it is locked
 */
export function deleteVersion(target: DeleteTarget, versionId: string, context: OperationContext): Deletion {
  const isMarker = removeOne(target, versionId, context)?.kind === 'marker'
  return target.bucket.versioning === undefined ? { isMarker } : { versionId, isMarker }
}

/**
 * Refuses a governance bypass in a bucket that has no object lock.
 * @throws AwsError InvalidArgument
 */
export function refuseBypass({ objectLock }: Bucket, bypass: boolean | undefined): void {
  if (bypass === undefined || objectLock !== undefined) return
  const name = 'x-amz-bypass-governance-retention'
  throw invalidArgument(`${name} is only applicable to Object Lock enabled buckets.`, name)
}

function removeOne(target: DeleteTarget, versionId: string, context: OperationContext) {
  const { state, bucket, key } = target
  if (currentVersion(bucket, key) === undefined) return undefined
  if (bucket.objectLock !== undefined) requireUnlocked(target, versionId, context)
  const version = removeVersion(bucket, { key, versionId }, context)
  if (version === undefined) return undefined
  emitObjectEvent('ObjectRemoved:Delete', { bucket, key, version, sequence: ++state.changes }, context)
  return version
}

function requireUnlocked(target: DeleteTarget, versionId: string, { clock }: OperationContext): void {
  const versions = target.bucket.objects.get(toOrdered(target.key)) ?? []
  const version = versions.find(candidate => candidate.versionId === versionId)
  if (version !== undefined) requireDeletable(version, target, clock.now())
}
