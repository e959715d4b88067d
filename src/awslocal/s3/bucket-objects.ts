import { ServiceFailure } from '../failure.ts'
import { isRecord } from '../values/record.ts'
import type { Entry } from './item.ts'
import type { S3Api } from './s3-api.ts'
import { splitUri } from './uri.ts'

/** How objects are looked for. */
export interface ObjectSearch {
  readonly api: S3Api
  readonly isRecursive: boolean
  /** They are to be deleted: folder markers count, and one object need not be looked at. */
  readonly forDeletion: boolean
  readonly pageSize?: number
  /** For the calls that list, e.g. `RequestPayer`. */
  readonly listInput: Readonly<Record<string, unknown>>
  /** For the call that looks at one object. */
  readonly headInput: Readonly<Record<string, unknown>>
}

/** Lists one object, or all below a prefix; `path` is `bucket/key`. */
export async function* listObjects(path: string, search: ObjectSearch): AsyncGenerator<Entry> {
  const { bucket, key } = splitUri(path)
  if (!search.isRecursive && key !== '') {
    yield await readObject(path, search)
    return
  }
  const input = { Bucket: bucket, Prefix: key, ...search.listInput }
  for await (const page of search.api.pages('ListObjectsV2', input, search.pageSize)) {
    const contents = Array.isArray(page.Contents) ? page.Contents.filter(isRecord) : []
    for (const object of contents) {
      const entry = toEntry(`${bucket}/${String(object.Key)}`, object)
      if (isWanted(entry, path, search)) yield entry
    }
  }
}

function isWanted(entry: Entry, path: string, { isRecursive, forDeletion }: ObjectSearch): boolean {
  if (entry.size === 0 && entry.path.endsWith('/')) return forDeletion
  return isRecursive || path === entry.path
}

async function readObject(path: string, { api, forDeletion, headInput }: ObjectSearch): Promise<Entry> {
  if (forDeletion) return { path }
  const { bucket, key } = splitUri(path)
  try {
    const head = await api.call('HeadObject', { Bucket: bucket, Key: key, ...headInput })
    return toEntry(path, { ...head, Size: head.ContentLength })
  } catch (error) {
    if (!(error instanceof ServiceFailure) || error.code !== '404') throw error
    throw new ServiceFailure({ ...error.facts, reason: `Key "${key}" does not exist` })
  }
}

function toEntry(path: string, object: Readonly<Record<string, unknown>>): Entry {
  const { Size, LastModified, ETag, StorageClass, Restore } = object
  return {
    path,
    size: Number(Size),
    modifiedMs: Date.parse(String(LastModified)),
    ...(typeof ETag === 'string' ? { etag: ETag } : {}),
    ...(typeof StorageClass === 'string' ? { storageClass: StorageClass } : {}),
    ...(typeof Restore === 'string' ? { restore: Restore } : {}),
  }
}
