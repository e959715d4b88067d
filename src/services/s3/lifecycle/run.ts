import type { LifecycleRule, Transition } from '@aws-sdk/client-s3'
import type { OperationContext } from '../../../cloud/operation.ts'
import { emitObjectEvent } from '../events.ts'
import { fromOrdered } from '../keys/byte-order.ts'
import { dayMilliseconds } from '../limits.ts'
import { abortUpload } from '../multipart/uploads.ts'
import { isLocked } from '../object-lock/lock.ts'
import { addDeleteMarker, removeVersion } from '../objects/versions.ts'
import type { Bucket, ObjectVersion, S3State, StoredLifecycle, StoredObject } from '../state.ts'
import { expirationTime, midnightAfter, ruleCovers } from './rules.ts'

/** Bytes below which objects stay where they are, unless the configuration says otherwise. */
const minTransitionBytes = 128 * 1024

/** Objects move only from left to right. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const waterfall = [
  'STANDARD',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
]

/** One bucket at one moment of a run. */
interface Run {
  readonly state: S3State
  readonly bucket: Bucket
  readonly lifecycle: StoredLifecycle
  readonly now: number
  readonly context: OperationContext
}

/**
 * Does what every bucket's lifecycle rules have made due. Everything falls due at a midnight UTC, so a day is worked
 * through once; after a jump of the clock each step happens as if on its own day (an object expires on day 90, its
 * version is removed 30 days after that), because delete markers carry the time at which they were due.
 */
export function runLifecycle(state: S3State, context: OperationContext): void {
  const now = context.clock.now()
  const day = Math.floor(now / dayMilliseconds)
  for (const bucket of state.buckets.values()) {
    const { lifecycle } = bucket
    if (lifecycle === undefined || lifecycle.ranOnDay === day) continue
    lifecycle.ranOnDay = day
    runBucket({ state, bucket, lifecycle, now, context })
  }
}

function runBucket(run: Run): void {
  const { bucket, lifecycle, now, context } = run
  const rules = lifecycle.rules.filter(rule => rule.Status === 'Enabled')
  for (const [ordered, versions] of [...bucket.objects]) {
    const key = fromOrdered(ordered)
    for (const rule of rules) runRule(run, rule, { key, versions })
  }
  for (const upload of [...bucket.uploads.values()]) {
    const isDue = rules.some(rule => {
      const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation
      return (
        days !== undefined &&
        ruleCovers(rule, upload) &&
        dueTime(run, midnightAfter(upload.initiatedAt, days)) <= now
      )
    })
    if (isDue) abortUpload(bucket, upload, context)
  }
}

/** A key and its versions, oldest first. */
interface KeyHistory {
  readonly key: string
  readonly versions: ObjectVersion[]
}

function runRule(run: Run, rule: LifecycleRule, history: KeyHistory): void {
  transitionCurrent(run, rule, history)
  transitionNoncurrent(run, rule, history)
  expireCurrent(run, rule, history)
  expireNoncurrent(run, rule, history)
  removeExpiredMarker(run, rule, history)
}

/** A rule works on what is there already, but not before the first midnight after it was put. */
function dueTime({ lifecycle }: Run, time: number): number {
  return Math.max(time, midnightAfter(lifecycle.putAt, 0))
}

function expireCurrent(run: Run, rule: LifecycleRule, { key, versions }: KeyHistory): void {
  const { state, bucket, now, context } = run
  const current = versions.at(-1)
  if (current?.kind !== 'object' || !covers(rule, key, current)) return
  const time = expirationTime(rule.Expiration, current.lastModified)
  if (time === undefined || dueTime(run, time) > now) return
  if (bucket.versioning === undefined) {
    removeExpired(run, key, current)
    return
  }
  const marker = addDeleteMarker(state, { bucket, key, writtenAt: dueTime(run, time) }, context)
  const change = { bucket, key, version: marker, sequence: state.changes }
  emitObjectEvent('LifecycleExpiration:DeleteMarkerCreated', change, context)
}

function expireNoncurrent(run: Run, rule: LifecycleRule, { key, versions }: KeyHistory): void {
  const { NoncurrentDays, NewerNoncurrentVersions = 0 } = rule.NoncurrentVersionExpiration ?? {}
  if (NoncurrentDays === undefined) return
  const history = [...versions]
  for (const [at, version] of history.slice(0, -1).entries()) {
    const newer = history.length - 2 - at
    const successor = history[at + 1]
    if (newer < NewerNoncurrentVersions || successor === undefined || !covers(rule, key, version)) continue
    if (dueTime(run, midnightAfter(successor.lastModified, NoncurrentDays)) > run.now) continue
    removeExpired(run, key, version)
  }
}

/** A delete marker with nothing under it only makes listings longer: both kinds of expiration remove it. */
function removeExpiredMarker(run: Run, rule: LifecycleRule, { key, versions }: KeyHistory): void {
  const [marker] = versions
  if (versions.length !== 1 || marker?.kind !== 'marker' || !ruleCovers(rule, { key })) return
  const { Expiration: expiration } = rule
  const time =
    expiration?.ExpiredObjectDeleteMarker === true
      ? midnightAfter(marker.lastModified, 0)
      : expirationTime(expiration, marker.lastModified)
  if (time !== undefined && dueTime(run, time) <= run.now) removeExpired(run, key, marker)
}

function transitionCurrent(run: Run, rule: LifecycleRule, { key, versions }: KeyHistory): void {
  const current = versions.at(-1)
  if (current?.kind !== 'object' || !covers(rule, key, current)) return
  const due = (rule.Transitions ?? [])
    .map(transition => ({ transition, time: dueTime(run, transitionTime(transition, current)) }))
    .filter(({ time }) => time <= run.now)
    .sort((left, right) => left.time - right.time)
  moveTo(run, { key, versions, version: current }, due.at(-1)?.transition.StorageClass)
}

function transitionNoncurrent(run: Run, rule: LifecycleRule, { key, versions }: KeyHistory): void {
  for (const [at, version] of versions.slice(0, -1).entries()) {
    const successor = versions[at + 1]
    if (version.kind !== 'object' || successor === undefined || !covers(rule, key, version)) continue
    const newer = versions.length - 2 - at
    const due = (rule.NoncurrentVersionTransitions ?? [])
      .filter(({ NewerNoncurrentVersions = 0 }) => newer >= NewerNoncurrentVersions)
      .filter(
        ({ NoncurrentDays = 0 }) =>
          dueTime(run, midnightAfter(successor.lastModified, NoncurrentDays)) <= run.now,
      )
      .sort((left, right) => (left.NoncurrentDays ?? 0) - (right.NoncurrentDays ?? 0))
    moveTo(run, { key, versions, version }, due.at(-1)?.StorageClass)
  }
}

function transitionTime({ Date: date, Days = 0 }: Transition, { lastModified }: StoredObject): number {
  return date?.getTime() ?? midnightAfter(lastModified, Days)
}

function moveTo(
  { state, bucket, lifecycle, context }: Run,
  {
    key,
    versions,
    version,
  }: { readonly key: string; readonly versions: ObjectVersion[]; readonly version: StoredObject },
  storageClass: string | undefined,
): void {
  if (storageClass === undefined) return
  if (waterfall.indexOf(storageClass) <= waterfall.indexOf(version.attributes.storageClass)) return
  const keepsSmall = lifecycle.transitionDefaultMinimumObjectSize === 'all_storage_classes_128K'
  if (keepsSmall && version.size < minTransitionBytes) return
  const moved = { ...version, attributes: { ...version.attributes, storageClass } }
  versions[versions.indexOf(version)] = moved
  const change = { bucket, key, version: moved, sequence: ++state.changes }
  emitObjectEvent('LifecycleTransition', change, context)
}

/** What is locked stays until its lock has ended. */
function removeExpired({ state, bucket, now, context }: Run, key: string, version: ObjectVersion): void {
  if (version.kind === 'object' && isLocked(version.lock, {}, now)) return
  removeVersion(bucket, { key, versionId: version.versionId }, context)
  const change = { bucket, key, version, sequence: ++state.changes }
  emitObjectEvent('LifecycleExpiration:Delete', change, context)
}

function covers(rule: LifecycleRule, key: string, version: ObjectVersion): boolean {
  if (version.kind === 'marker') return ruleCovers(rule, { key })
  return ruleCovers(rule, { key, size: version.size, tags: version.tags })
}
