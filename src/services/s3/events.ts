import type { OperationContext } from '../../cloud/operation.ts'
import { notifyTargets } from './notifications/notify.ts'
import type { Bucket, ObjectVersion } from './state.ts'

/** A change of an object, as a listener gets it in the event's `detail`. */
export interface ObjectChange {
  readonly bucket: string
  readonly key: string
  /** Absent when something was removed. */
  readonly size?: number
  /** Without quotes; absent when something was removed. */
  readonly eTag?: string
  /** Absent where versioning was never enabled. */
  readonly versionId?: string
  /** Hexadecimal digits of fixed length, larger for each later change. */
  readonly sequencer: string
  readonly requestId: string
  readonly sourceIpAddress: string
  readonly accessKeyId: string
}

/** Tells that a version was written, moved or removed, and whom the bucket's notifications name; `name` is e.g. `ObjectCreated:Put`. */
export function emitObjectEvent(
  name: string,
  change: {
    readonly bucket: Bucket
    readonly key: string
    readonly version: ObjectVersion
    readonly sequence: number
  },
  context: OperationContext,
): void {
  const { bucket, key, version, sequence } = change
  const sequencer = sequence.toString(16).toUpperCase().padStart(16, '0')
  const isCreation = name.startsWith('ObjectCreated') && version.kind === 'object'
  const detail: ObjectChange = {
    bucket: bucket.name,
    key,
    ...(isCreation && { size: version.size, eTag: version.eTag }),
    ...(bucket.versioning !== undefined && { versionId: version.versionId }),
    sequencer,
    requestId: context.request.id,
    sourceIpAddress: context.request.sourceIpAddress,
    accessKeyId: context.request.accessKeyId,
  }
  context.events.emit({
    type: `s3:${name}`,
    accountId: bucket.ownerAccountId,
    region: bucket.region,
    time: context.clock.now(),
    detail: { ...detail },
  })
  if (bucket.notifications === undefined) return
  notifyTargets({ eventName: name, bucket, key, version, sequencer }, context)
}
