import { archivedObject } from '../errors.ts'
import { isArchived } from '../objects/attributes.ts'
import type { StoredObject } from '../state.ts'

const hourMilliseconds = 3_600_000

/**
 * How long it takes at most to restore an object of each class, by tier. They are hours of the cloud's clock.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html
 */
const retrievalMilliseconds: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  GLACIER: { Expedited: hourMilliseconds / 12, Standard: 5 * hourMilliseconds, Bulk: 12 * hourMilliseconds },
  DEEP_ARCHIVE: { Standard: 12 * hourMilliseconds, Bulk: 48 * hourMilliseconds },
}

/** How long it takes to restore an object of a class; `undefined` where the class has no such tier. */
export function retrievalTime(storageClass: string, tier: string): number | undefined {
  return retrievalMilliseconds[storageClass]?.[tier]
}

/** Whether an object can be read: it is in no archive, or a copy of it is there for some time. */
export function isReadable({ attributes, restoration }: StoredObject, now: number): boolean {
  if (!isArchived(attributes)) return true
  return restoration !== undefined && restoration.readyAt <= now && now < restoration.expiresAt
}

/**
 * Refuses to read what lies in an archive.
 * @throws AwsError InvalidObjectState
 */
export function requireReadable(object: StoredObject, now: number): void {
  if (!isReadable(object, now)) throw archivedObject(object.attributes.storageClass)
}

/** The `x-amz-restore` header of an object; `undefined` where nobody asked for it. */
export function restoreHeader({ restoration }: StoredObject, now: number): string | undefined {
  if (restoration === undefined || restoration.expiresAt <= now) return undefined
  if (now < restoration.readyAt) return 'ongoing-request="true"'
  return `ongoing-request="false", expiry-date="${new Date(restoration.expiresAt).toUTCString()}"`
}
