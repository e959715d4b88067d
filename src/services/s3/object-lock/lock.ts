import type { Bucket, ObjectLock, ObjectVersion } from '../state.ts'
import { protectedByLock } from './errors.ts'

/** Milliseconds of a day, and days of a year, as default retentions count them. */
const dayMilliseconds = 86_400_000
const daysOfYear = 365

/**
 * The lock of a new object: what its writer says, and the bucket's default retention where that is nothing.
 * @param now milliseconds since the epoch
 */
export function lockOfNew(
  { objectLock }: Bucket,
  asked: ObjectLock | undefined,
  now: number,
): ObjectLock | undefined {
  const retention = objectLock?.defaultRetention
  if (retention === undefined || asked?.retention !== undefined) return asked
  const days = retention.days ?? (retention.years ?? 0) * daysOfYear
  return { ...asked, retention: { mode: retention.mode, until: now + days * dayMilliseconds } }
}

/** What a request may do against a lock. */
export interface LockOverride {
  /** Whether it goes past governance mode. */
  readonly bypassesGovernance?: boolean | undefined
}

/**
 * Refuses to delete a version that is protected at `now`.
 * @throws AwsError AccessDenied
 */
export function requireDeletable(version: ObjectVersion, override: LockOverride, now: number): void {
  if (version.kind === 'object' && isLocked(version.lock, override, now)) throw protectedByLock()
}

/** Whether a lock keeps a version from being deleted. */
export function isLocked(
  lock: ObjectLock | undefined,
  { bypassesGovernance }: LockOverride,
  now: number,
): boolean {
  if (lock === undefined) return false
  if (lock.legalHold === 'ON') return true
  if (lock.retention === undefined || lock.retention.until <= now) return false
  return lock.retention.mode === 'COMPLIANCE' || bypassesGovernance !== true
}
