import type { RequestBody, ResponseBody } from '../wire/body.ts'

/**
 * Stored bytes: a plain record, so that state can be cloned and saved.
 * Small blobs live in memory, large ones in files that the store owns.
 */
export type Blob =
  | { readonly kind: 'memory'; readonly bytes: Buffer; readonly size: number }
  | { readonly kind: 'file'; readonly name: string; readonly size: number }

/** Watches the bytes go by while they are stored, e.g. to compute checksums. */
export interface ByteObserver {
  update(bytes: Uint8Array): void
}

/** Where large bodies live. */
export interface BlobStore {
  /** Reads a body to its end, shows each piece to the observers, and keeps it; nothing is kept when it throws. */
  receive(body: RequestBody | AsyncIterable<Uint8Array>, observers: readonly ByteObserver[]): Promise<Blob>
  /** Joins blobs into a new one, in order, e.g. the parts of a multipart upload; the originals stay. */
  concatenate(blobs: readonly Blob[]): Promise<Blob>
  /** The bytes in [start, end), end exclusive; whole blobs in memory are not copied. */
  read(blob: Blob, start?: number, end?: number): ResponseBody
  /** Frees the blob; answers that are being sent still finish. */
  remove(blob: Blob): void
}
