import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { Lab } from '../../../../src/course/lab.ts'
import { createBucket } from './objects.ts'

/** A key of a bucket. */
export interface Place {
  readonly bucket: string
  readonly key: string
}

/** One version or delete marker, as the bucket has it. */
export interface Entry {
  readonly key: string
  readonly id: string
  readonly isLatest: boolean
  readonly isMarker: boolean
  readonly modified: Date
  /** Bytes; 0 for a marker. */
  readonly size: number
}

/** Creates a bucket that keeps versions; `purpose` must be new in the exercise. */
export async function createVersionedBucket(lab: Lab, purpose: string): Promise<string> {
  const bucket = await createBucket(lab, purpose)
  await enableVersioning(lab, bucket)
  return bucket
}

/** From now on the bucket keeps versions. */
export async function enableVersioning(lab: Lab, bucket: string): Promise<void> {
  const VersioningConfiguration = { Status: 'Enabled' } as const
  await lab.client(S3Client).send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }))
}

/** Writes a version and gives its id; `null` where the bucket keeps none. */
export async function writeVersion(
  lab: Lab,
  { bucket, key }: Place,
  content: {
    readonly Body: string | Uint8Array
    readonly ContentType?: string
    readonly Metadata?: Record<string, string>
  },
): Promise<string> {
  const { VersionId } = await lab
    .client(S3Client)
    .send(new PutObjectCommand({ Bucket: bucket, Key: key, ...content }))
  return VersionId ?? 'null'
}

/** Deletes a key of a bucket that keeps versions, and gives its marker's id. */
export async function deleteKey(lab: Lab, { bucket, key }: Place): Promise<string> {
  const { VersionId } = await lab.client(S3Client).send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
  if (VersionId === undefined) throw new Error(`deleting ${key} left no marker in ${bucket}`)
  return VersionId
}

/** Deletes a key `count` times, and gives the markers' ids (oldest first where the cloud takes a batch in order). */
export async function stackMarkers(lab: Lab, place: Place, count: number): Promise<string[]> {
  const limitOfOneRequest = 1000
  const ids = new Set<string>()
  const Objects = Array.from({ length: Math.min(count, limitOfOneRequest) }, () => ({ Key: place.key }))
  const batch = await lab
    .client(S3Client)
    .send(new DeleteObjectsCommand({ Bucket: place.bucket, Delete: { Objects } }))
  for (const { DeleteMarkerVersionId } of batch.Deleted ?? []) {
    if (DeleteMarkerVersionId !== undefined) ids.add(DeleteMarkerVersionId)
  }
  // A cloud may take repeated keys of one request as one, and a request has a limit: the rest goes one by one.
  while (ids.size < count) ids.add(await deleteKey(lab, place))
  return [...ids]
}

/** Everything below a prefix, in S3's order: keys ascending, versions and markers each newest first. */
export async function listEntries(lab: Lab, bucket: string, prefix = ''): Promise<Entry[]> {
  const s3 = lab.client(S3Client)
  const entries: Entry[] = []
  let page: ListObjectVersionsCommandOutput | undefined
  do {
    const next = { KeyMarker: page?.NextKeyMarker, VersionIdMarker: page?.NextVersionIdMarker }
    page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...next }))
    entries.push(...readPage(page))
  } while (page.IsTruncated === true)
  return entries
}

function readPage({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsCommandOutput): Entry[] {
  const all = [
    ...Versions.map(version => ({ ...version, isMarker: false })),
    ...DeleteMarkers.map(marker => ({ ...marker, isMarker: true, Size: 0 })),
  ]
  return all.map(({ Key = '', VersionId = 'null', IsLatest = false, LastModified, Size = 0, isMarker }) => ({
    key: Key,
    id: VersionId,
    isLatest: IsLatest,
    isMarker,
    modified: LastModified ?? new Date(0),
    size: Size,
  }))
}

/** Ids of all entries below a prefix as one comparable text: equal texts mean that nothing was written or removed. */
export async function fingerprint(lab: Lab, bucket: string, prefix = ''): Promise<string> {
  const entries = await listEntries(lab, bucket, prefix)
  return entries
    .map(({ key, id, isLatest }) => `${key}\0${id}\0${isLatest}`)
    .sort()
    .join('\n')
}

/** Keys that were written between two listings of a bucket that keeps versions, one for each new version. */
export function writtenKeys(before: readonly Entry[], after: readonly Entry[]): string[] {
  const known = new Set(before.map(({ key, id }) => `${key}\0${id}`))
  return after
    .filter(({ key, id, isMarker }) => !isMarker && !known.has(`${key}\0${id}`))
    .map(({ key }) => key)
}

/** Lets a day pass where the cloud's clock can be moved, so that what is written next has another date. */
export async function letADayPass(lab: Lab): Promise<void> {
  await lab.control?.advanceDays(1)
}
