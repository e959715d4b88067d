import type { _Object, CommonPrefix, Owner } from '@aws-sdk/client-s3'
import { fromOrdered, toOrdered } from '../keys/byte-order.ts'
import { quoted } from '../objects/answer.ts'
import type { Bucket, StoredObject } from '../state.ts'
import type { KeyEncoder } from './arguments.ts'
import { justAfter, walkKeys } from './walk.ts'

/** A page of current objects to be made. */
export interface ObjectPageRequest {
  readonly prefix: string
  readonly delimiter: string
  /** Keys and groups up to this one are left out. */
  readonly after: string
  readonly limit: number
  readonly encode: KeyEncoder
  /** Told with each object where it is asked for. */
  readonly ownerOf: ((object: StoredObject) => Owner) | undefined
}

/** A page of current objects, as ListObjects and ListObjectsV2 answer it. */
export interface ObjectPage {
  readonly contents: _Object[]
  readonly commonPrefixes: CommonPrefix[]
  readonly isTruncated: boolean
  /** The last key or group of the page. */
  readonly last: string
}

/** Makes a page of a bucket's current objects. */
export function listObjectPage(bucket: Bucket, request: ObjectPageRequest): ObjectPage {
  const { limit, encode, ownerOf } = request
  const page = {
    contents: [] as _Object[],
    commonPrefixes: [] as CommonPrefix[],
    isTruncated: false,
    last: '',
  }
  let count = 0
  const isFull = (): boolean => {
    if (count < limit) return false
    page.isTruncated = limit > 0
    return true
  }
  walkKeys(bucket.keys, walkRequestOf(request), {
    shows: key => bucket.objects.get(key)?.at(-1)?.kind === 'object',
    takeKey: key => {
      const version = bucket.objects.get(key)?.at(-1)
      if (version?.kind !== 'object') return true
      if (isFull()) return false
      count++
      page.last = key
      page.contents.push(describeEntry(encode(fromOrdered(key)), version, ownerOf?.(version)))
      return true
    },
    takeGroup: group => {
      if (isFull()) return false
      count++
      page.last = group
      page.commonPrefixes.push({ Prefix: encode(fromOrdered(group)) })
      return true
    },
  })
  return { ...page, last: fromOrdered(page.last) }
}

function walkRequestOf({ prefix, delimiter, after }: ObjectPageRequest) {
  const orderedAfter = toOrdered(after)
  return {
    prefix: toOrdered(prefix),
    delimiter: toOrdered(delimiter),
    from: after === '' ? '' : justAfter(orderedAfter),
    groupsAfter: orderedAfter,
  }
}

function describeEntry(key: string, object: StoredObject, owner: Owner | undefined): _Object {
  const { checksum } = object
  return {
    Key: key,
    LastModified: new Date(object.lastModified),
    ETag: quoted(object.eTag),
    Size: object.size,
    StorageClass: object.attributes.storageClass as NonNullable<_Object['StorageClass']>,
    ...(checksum !== undefined && { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
    ...(owner !== undefined && { Owner: owner }),
  }
}
