import type { CommonPrefix, MultipartUpload as ListedUpload } from '@aws-sdk/client-s3'
import { fromOrdered, toOrdered } from '../keys/byte-order.ts'
import { objectOwner } from '../objects/owners.ts'
import { initiatorOf, ownerOf } from '../owner.ts'
import type { Bucket, MultipartUpload } from '../state.ts'
import type { KeyEncoder } from './arguments.ts'
import { justAfter, walkKeys } from './walk.ts'

/** A page of multipart uploads to be made. */
export interface UploadPageRequest {
  readonly prefix: string
  readonly delimiter: string
  readonly keyMarker: string
  /** Of the key marker's uploads, those that began later than this are listed; none without it. */
  readonly orderMarker: number | undefined
  readonly limit: number
  readonly encode: KeyEncoder
}

/** A page of multipart uploads, as ListMultipartUploads answers it. */
export interface UploadPage {
  readonly uploads: ListedUpload[]
  readonly commonPrefixes: CommonPrefix[]
  readonly isTruncated: boolean
  /** The last key or group of the page. */
  readonly lastKey: string
  /** Empty when the page ends in a group. */
  readonly lastUploadId: string
}

/** Makes a page of a bucket's uploads under way: by key, oldest first. */
export function listUploadPage(bucket: Bucket, request: UploadPageRequest): UploadPage {
  const { limit, encode, orderMarker } = request
  const page = {
    uploads: [] as ListedUpload[],
    commonPrefixes: [] as CommonPrefix[],
    isTruncated: false,
    lastKey: '',
    lastUploadId: '',
  }
  const byKey = groupByKey(bucket)
  const keys = [...byKey.keys()].sort()
  const keyMarker = toOrdered(request.keyMarker)
  let count = 0
  const hasRoom = (): boolean => {
    if (count === limit) page.isTruncated = limit > 0
    return count++ < limit
  }
  walkKeys(
    { chunks: keys.length === 0 ? [] : [keys] },
    {
      prefix: toOrdered(request.prefix),
      delimiter: toOrdered(request.delimiter),
      from: orderMarker === undefined && keyMarker !== '' ? justAfter(keyMarker) : keyMarker,
      groupsAfter: keyMarker,
    },
    {
      shows: () => true,
      takeKey: ordered => {
        const after = ordered === keyMarker ? (orderMarker ?? 0) : 0
        for (const upload of byKey.get(ordered) ?? []) {
          if (upload.change <= after) continue
          if (!hasRoom()) return false
          page.uploads.push(describeUpload(bucket, upload, encode))
          page.lastKey = upload.key
          page.lastUploadId = upload.id
        }
        return true
      },
      takeGroup: group => {
        if (!hasRoom()) return false
        page.lastKey = fromOrdered(group)
        page.lastUploadId = ''
        page.commonPrefixes.push({ Prefix: encode(page.lastKey) })
        return true
      },
    },
  )
  return page
}

/** Uploads by ordered key; a Map keeps them as they began. */
function groupByKey(bucket: Bucket): Map<string, MultipartUpload[]> {
  const byKey = new Map<string, MultipartUpload[]>()
  for (const upload of bucket.uploads.values()) {
    const key = toOrdered(upload.key)
    const uploads = byKey.get(key)
    if (uploads === undefined) byKey.set(key, [upload])
    else uploads.push(upload)
  }
  return byKey
}

function describeUpload(bucket: Bucket, upload: MultipartUpload, encode: KeyEncoder): ListedUpload {
  const { checksum } = upload
  return {
    UploadId: upload.id,
    Key: encode(upload.key),
    Initiated: new Date(upload.initiatedAt),
    StorageClass: upload.attributes.storageClass as NonNullable<ListedUpload['StorageClass']>,
    Owner: ownerOf(objectOwner(bucket, upload)),
    Initiator: initiatorOf(upload.initiatorAccountId),
    ...(checksum !== undefined && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
  }
}
