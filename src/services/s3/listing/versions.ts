import type {
  CommonPrefix,
  DeleteMarkerEntry,
  ObjectVersion as ListedVersion,
  Owner,
} from '@aws-sdk/client-s3'
import { fromOrdered, toOrdered } from '../keys/byte-order.ts'
import { quoted } from '../objects/answer.ts'
import { nullVersionId, orderOfId } from '../objects/versions.ts'
import type { Bucket, ObjectVersion, StoredObject } from '../state.ts'
import type { KeyEncoder } from './arguments.ts'
import { justAfter, walkKeys } from './walk.ts'

/** A page of versions to be made. */
export interface VersionPageRequest {
  readonly prefix: string
  readonly delimiter: string
  /** Keys up to this one are left out, but for the versions behind `versionIdMarker`. */
  readonly keyMarker: string
  readonly versionIdMarker: string | undefined
  readonly limit: number
  readonly encode: KeyEncoder
  readonly ownerOf: (version: ObjectVersion) => Owner
}

/** A page of versions and delete markers, as ListObjectVersions answers it. */
export interface VersionPage {
  readonly versions: ListedVersion[]
  readonly deleteMarkers: DeleteMarkerEntry[]
  /** Which of the two lists each entry is in, in the order in which they are answered. */
  readonly sequence: ('Versions' | 'DeleteMarkers')[]
  readonly commonPrefixes: CommonPrefix[]
  readonly isTruncated: boolean
  readonly lastKey: string
  /** Absent when the page ends in a group. */
  readonly lastVersionId: string | undefined
}

/** Makes a page of a bucket's versions: by key, newest first. */
export function listVersionPage(bucket: Bucket, request: VersionPageRequest): VersionPage {
  const { limit, encode, versionIdMarker } = request
  const page = {
    versions: [] as ListedVersion[],
    deleteMarkers: [] as DeleteMarkerEntry[],
    sequence: [] as VersionPage['sequence'],
    commonPrefixes: [] as CommonPrefix[],
    isTruncated: false,
    lastKey: '',
    lastVersionId: undefined as string | undefined,
  }
  const keyMarker = toOrdered(request.keyMarker)
  let count = 0
  const hasRoom = (): boolean => {
    if (count === limit) page.isTruncated = limit > 0
    return count++ < limit
  }
  walkKeys(
    bucket.keys,
    {
      prefix: toOrdered(request.prefix),
      delimiter: toOrdered(request.delimiter),
      from: versionIdMarker === undefined && keyMarker !== '' ? justAfter(keyMarker) : keyMarker,
      groupsAfter: keyMarker,
    },
    {
      shows: () => true,
      takeKey: ordered => {
        const history = bucket.objects.get(ordered) ?? []
        const key = fromOrdered(ordered)
        const start = ordered === keyMarker ? startBehind(history, versionIdMarker) : history.length - 1
        for (let at = start; at >= 0; at--) {
          const version = history[at] as ObjectVersion
          if (!hasRoom()) return false
          const owner = request.ownerOf(version)
          const place = { Key: encode(key), IsLatest: at === history.length - 1, Owner: owner }
          if (version.kind === 'object') page.versions.push({ ...place, ...describeObject(version) })
          else page.deleteMarkers.push({ ...place, ...describePlace(version) })
          page.sequence.push(version.kind === 'object' ? 'Versions' : 'DeleteMarkers')
          page.lastKey = key
          page.lastVersionId = version.versionId
        }
        return true
      },
      takeGroup: group => {
        if (!hasRoom()) return false
        page.lastKey = fromOrdered(group)
        page.lastVersionId = undefined
        page.commonPrefixes.push({ Prefix: encode(page.lastKey) })
        return true
      },
    },
  )
  return page
}

/** Where a key's versions go on behind a marker, also when the marker's own version was removed meanwhile. */
function startBehind(history: readonly ObjectVersion[], marker: string | undefined): number {
  if (marker === undefined) return history.length - 1
  const at = history.findIndex(version => version.versionId === marker)
  if (at >= 0) return at - 1
  if (marker === nullVersionId) return history.length - 1
  const order = orderOfId(marker)
  return history.findLastIndex(version => version.change < order)
}

function describePlace({ versionId, lastModified }: ObjectVersion) {
  return { VersionId: versionId, LastModified: new Date(lastModified) }
}

function describeObject(object: StoredObject): ListedVersion {
  const { checksum } = object
  return {
    ...describePlace(object),
    ETag: quoted(object.eTag),
    Size: object.size,
    StorageClass: object.attributes.storageClass as NonNullable<ListedVersion['StorageClass']>,
    ...(checksum !== undefined && { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
  }
}
