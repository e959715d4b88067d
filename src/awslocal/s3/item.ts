/** A file or an object, as a listing gives it. */
export interface Entry {
  /** An absolute path, or `bucket/key`. */
  readonly path: string
  /** In bytes; unknown for an object that is only to be deleted. */
  readonly size?: number
  /** Milliseconds since the epoch. */
  readonly modifiedMs?: number
  readonly etag?: string
  readonly storageClass?: string
  /** What S3 says of a restore from an archive. */
  readonly restore?: string
}

export type PlaceType = 's3' | 'local'
export type TransferKind = 'upload' | 'download' | 'copy' | 'delete'

/** One thing to do: bring a file or object to its destination, or delete it. */
export interface Item extends Entry {
  readonly kind: TransferKind
  readonly sourceType: PlaceType
  readonly destinationType: PlaceType
  /** An absolute path, or `bucket/key`. */
  readonly destination: string
  /** The name below the source's root, `/` between folders: what sync compares. */
  readonly compareKey: string
}
