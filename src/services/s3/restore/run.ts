import type { OperationContext } from '../../../cloud/operation.ts'
import { emitObjectEvent } from '../events.ts'
import { fromOrdered } from '../keys/byte-order.ts'
import type { Bucket, S3State, StoredObject } from '../state.ts'

/** Tells of the restorations that the clock has ended, and lets those go whose days are over. */
export function runRestorations(state: S3State, context: OperationContext): void {
  for (const bucket of state.buckets.values()) {
    for (const ordered of [...(bucket.restoring ?? [])]) runKey({ state, bucket, ordered }, context)
  }
}

interface RestoredKey {
  readonly state: S3State
  readonly bucket: Bucket
  /** Ordered text, see keys/. */
  readonly ordered: string
}

function runKey({ state, bucket, ordered }: RestoredKey, context: OperationContext): void {
  const objects = (bucket.objects.get(ordered) ?? []).filter(
    (version): version is StoredObject => version.kind === 'object' && version.restoration !== undefined,
  )
  for (const version of objects) {
    const key = fromOrdered(ordered)
    for (const name of dueEvents(version, context.clock.now())) {
      emitObjectEvent(`ObjectRestore:${name}`, { bucket, key, version, sequence: ++state.changes }, context)
    }
  }
  if (objects.every(({ restoration }) => restoration === undefined)) bucket.restoring?.delete(ordered)
}

function dueEvents(version: StoredObject, now: number): ('Completed' | 'Delete')[] {
  const { restoration } = version
  if (restoration === undefined || now < restoration.readyAt) return []
  const completed = restoration.isTold ? [] : ['Completed' as const]
  if (now < restoration.expiresAt) {
    version.restoration = { ...restoration, isTold: true }
    return completed
  }
  delete version.restoration
  return [...completed, 'Delete']
}
